package dev.affidavit.forward.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.transport.ElasticsearchTransport;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The nodes of a cluster, and the one request that is under way. Used by one thread, but for {@link #close}. */
final class Cluster implements Closeable {
    private final ElasticsearchTransport transport;
    private final ElasticsearchAsyncClient client;
    private final Failures failures;
    private final Duration limit;

    /** Set before {@code closed} is read, as {@code closed} is set before this is read: one of the threads ends the call. */
    private volatile @Nullable CompletableFuture<?> pending;

    private volatile boolean closed;

    /** @param limit how long the server may take for an answer, all nodes together */
    Cluster(ElasticsearchTransport transport, Failures failures, Duration limit) {
        this.transport = transport;
        this.client = new ElasticsearchAsyncClient(transport);
        this.failures = failures;
        this.limit = limit;
    }

    /** A request. */
    interface Call<T> {
        CompletableFuture<T> on(ElasticsearchAsyncClient client) throws IOException;
    }

    /**
     * Makes a request and waits for the answer.
     *
     * @throws IOException as {@link dev.affidavit.spi.Destination#deliver} has it
     */
    <T> T ask(Call<T> call) throws IOException {
        requireOpen();
        CompletableFuture<T> answer = call.on(client);
        pending = answer;
        try {
            requireOpen();
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            requireOpen();
            throw failures.explained(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(failures.peer() + " did not answer within " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + failures.peer());
        } finally {
            answer.cancel(true);
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the connection was closed");
        }
    }

    Failures failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        CompletableFuture<?> call = pending;
        if (call != null) {
            call.completeExceptionally(new IOException("the connection was closed"));
        }
        transport.close();
    }
}
