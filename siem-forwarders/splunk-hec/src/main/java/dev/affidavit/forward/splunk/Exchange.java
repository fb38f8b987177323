package dev.affidavit.forward.splunk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Requests and their answers, one at a time, each within a limit of time. No message of it repeats what a server says: servers
 * repeat tokens. Used by one thread, but for {@link #close}.
 */
final class Exchange implements Closeable {
    private final Connector connector;
    private final Duration limit;
    private final Surroundings.Pause pause;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Cancelled by the thread that closes this; null while there is none. */
    private volatile @Nullable CompletableFuture<?> underWay;

    /** @param limit for one request, from its beginning to the end of the answer */
    Exchange(Connector connector, Duration limit, Surroundings.Pause pause) {
        this.connector = connector;
        this.limit = limit;
        this.pause = pause;
    }

    Reply send(HttpRequest request) throws IOException {
        requireOpen();
        Excerpt body = new Excerpt();
        HttpResponse<Void> answer =
                await(connector.client().sendAsync(request, HttpResponse.BodyHandlers.ofByteArrayConsumer(body)));
        return Reply.of(answer.statusCode(), answer.headers(), body.bytes());
    }

    private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> exchange) throws IOException {
        underWay = exchange;
        try {
            if (isClosed()) { // looked at after the exchange can be seen: one of the two threads cancels it
                exchange.cancel(true);
            }
            return exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within %d ms".formatted(limit.toMillis()), e);
        } catch (CancellationException e) {
            throw new IOException("closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            exchange.cancel(true);
            underWay = null;
        }
    }

    /** Without its cause, which may quote what a server said; only TLS never does. */
    private static IOException failure(@Nullable Throwable failure) {
        boolean quotes = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException tls) {
                return tls;
            }
            quotes |= cause instanceof ProtocolException || !(cause instanceof IOException);
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return new IOException("no connection in time");
        }
        if (failure instanceof ConnectException) { // its cause says no more: refused, or a name that is not known
            return new ConnectException("cannot connect; is it there, and is its name known?");
        }
        return new IOException(
                failure == null || quotes
                        ? "the answer is not HTTP as it should be"
                        : String.valueOf(failure.getMessage()));
    }

    /** Waits so long. */
    void pause(Duration time) throws IOException {
        try {
            if (pause.await(closed, time)) {
                requireOpen();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** A request that was cancelled may have been sent all the same. */
    private void requireOpen() throws IOException {
        if (isClosed()) {
            throw new IOException("closed");
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        CompletableFuture<?> exchange = underWay;
        if (exchange != null) {
            exchange.cancel(true);
        }
    }
}
