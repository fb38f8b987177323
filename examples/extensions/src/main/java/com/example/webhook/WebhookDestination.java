package com.example.webhook;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Posts each batch as JSON lines, and takes the status of the answer for the receipt. */
final class WebhookDestination implements Destination {
    private final HttpClient client;
    private final HttpRequest.Builder request;
    private final Webhook webhook;
    private final Confidential confidential;

    /** Cancelled by the thread that closes this; null while there is none. */
    private volatile @Nullable CompletableFuture<?> underWay;

    private volatile boolean closed;

    WebhookDestination(HttpClient client, HttpRequest.Builder request, Webhook webhook) {
        this.client = client;
        this.request = request;
        this.webhook = webhook;
        this.confidential = Confidential.of(webhook);
    }

    @Override
    public Delivery deliver(List<ForwardedLine> lines) throws IOException {
        requireOpen();
        HttpRequest post = request.POST(HttpRequest.BodyPublishers.ofByteArray(body(lines)))
                .build();
        Excerpt said = new Excerpt(confidential);
        HttpResponse<Void> response =
                answer(client.sendAsync(post, HttpResponse.BodyHandlers.ofByteArrayConsumer(said)));
        return Answer.of(response, said.text(), lines, webhook.toString());
    }

    /** A cancelled exchange may have been sent all the same, where the client had a connection to spare. */
    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("%s: closed".formatted(webhook));
        }
    }

    private static byte[] body(List<ForwardedLine> lines) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (ForwardedLine line : lines) {
            body.writeBytes(line.json());
            body.write('\n');
        }
        return body.toByteArray();
    }

    private HttpResponse<Void> answer(CompletableFuture<HttpResponse<Void>> exchange) throws IOException {
        underWay = exchange;
        try {
            if (closed) { // looked at after the exchange can be seen: one of the two threads cancels it
                exchange.cancel(true);
            }
            return exchange.get(webhook.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("%s: no answer within %s".formatted(webhook, webhook.timeout()), e);
        } catch (CancellationException e) {
            throw new IOException("%s: closed".formatted(webhook), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("%s: interrupted".formatted(webhook));
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            exchange.cancel(true);
            underWay = null;
        }
    }

    private IOException failure(@Nullable Throwable cause) {
        if (cause instanceof SSLHandshakeException) {
            return new MisconfiguredDestinationException(
                    "%s: %s. Give this JVM the certificate of the server's authority, or the server one for its name."
                            .formatted(webhook, cause.getMessage()),
                    cause);
        }
        // Not with its cause, whose text may repeat what is hidden here: it quotes answers that are not HTTP.
        return new IOException("%s: %s".formatted(webhook, confidential.hiddenIn(String.valueOf(cause))));
    }

    @Override
    public void close() {
        closed = true;
        CompletableFuture<?> exchange = underWay;
        if (exchange != null) {
            exchange.cancel(true);
        }
    }
}
