package dev.affidavit.witness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where a witness takes checkpoints. The JDK's TLS looks whether it is who its name says. Thread-safe. */
final class Endpoint {
    /** Two cosignatures, of both kinds, are less than 4 KB; who answers may talk for ever. */
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final HttpClient client;
    private final URI url;
    private final Duration timeout;

    private Endpoint(HttpClient client, URI url, Duration timeout) {
        this.client = client;
        this.url = url;
        this.timeout = timeout;
    }

    /** @param prefix under which {@code add-checkpoint} is */
    static Endpoint of(URI prefix, Duration timeout) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
        return new Endpoint(client, URI.create(prefix + "/add-checkpoint"), timeout);
    }

    /**
     * Sends it.
     *
     * @param then gets the answer, or why there is none within the timeout; on another thread, once
     * @return gives the request up
     */
    Runnable send(Submission submission, BiConsumer<@Nullable Answer, @Nullable Throwable> then) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(submission.body()))
                .build();
        Beginning body = new Beginning();
        CompletableFuture<HttpResponse<Void>> exchange =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArrayConsumer(body));
        // The client's own limit ends with the head of an answer.
        CompletableFuture<Void> answered = exchange.thenApply(response -> Answer.of(
                        response.statusCode(),
                        response.headers().firstValue("Content-Type").orElse(""),
                        body.bytes()))
                .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .handle((answer, failure) -> {
                    exchange.cancel(true);
                    then.accept(answer, failure);
                    return null;
                });
        return () -> {
            exchange.cancel(true);
            answered.cancel(true);
        };
    }

    /** Why a request failed, for people. */
    String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause instanceof TimeoutException
                ? "no answer within %d ms".formatted(timeout.toMillis())
                : "no answer: " + cause;
    }

    private static final class Beginning implements Consumer<Optional<byte[]>> {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public synchronized void accept(Optional<byte[]> next) {
            next.ifPresent(bytes -> kept.write(bytes, 0, Math.min(bytes.length, MAX_BODY_BYTES - kept.size())));
        }

        synchronized byte[] bytes() {
            return kept.toByteArray();
        }
    }
}
