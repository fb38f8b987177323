package dev.affidavit.forward.database;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that uses a connection. Drivers block without limit when they write to a server that reads no more, and an interrupt
 * makes H2 close its file: so the caller waits elsewhere, and leaves a call that takes too long to itself. Calls come from one
 * thread, {@link #close} from any.
 */
final class DatabaseThread implements Closeable {
    private final String peer;
    private final ExecutorService executor;
    /** Volatile: set by the caller, failed by who closes. */
    private volatile @Nullable CompletableFuture<?> awaited;

    private volatile boolean closed;

    DatabaseThread(String peer) {
        this.peer = peer;
        this.executor = Executors.newSingleThreadExecutor(DatabaseThread::daemon);
    }

    /** Takes nothing from the thread that happens to start it. */
    static Thread daemon(Runnable task) {
        Thread thread = new Thread(null, task, "affidavit-database", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(DatabaseThread.class.getClassLoader());
        return thread;
    }

    /**
     * Runs the call, and returns what it returns; what it returns when nobody waits any more is closed, if it can be. After an exception but
     * those that it throws itself nothing may be called any more.
     */
    <T> T call(Call<T> call, Duration limit) throws SQLException, IOException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        awaited = answer;
        if (closed) { // after awaited can be seen: one of the two threads fails it
            throw hungUp();
        }
        try {
            executor.execute(() -> complete(answer, call));
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            abandon(answer);
            throw new SocketTimeoutException("%s did not answer within %d s".formatted(peer, limit.toSeconds()));
        } catch (InterruptedException e) {
            abandon(answer);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + peer);
        } catch (RejectedExecutionException e) {
            throw hungUp();
        } catch (ExecutionException e) {
            throw rethrown(e);
        } finally {
            awaited = null;
        }
    }

    private static <T> void complete(CompletableFuture<T> answer, Call<T> call) {
        try {
            T result = call.run();
            if (!answer.complete(result)) {
                discard(result);
            }
        } catch (Throwable e) { // the caller's to know, whatever it is
            answer.completeExceptionally(e);
        }
    }

    private static void abandon(CompletableFuture<?> answer) {
        if (!answer.cancel(false) && !answer.isCompletedExceptionally()) { // it came in this very moment
            discard(answer.join());
        }
    }

    /** A connection that comes too late would stay open for ever. */
    private static void discard(Object result) {
        if (result instanceof AutoCloseable late) {
            try {
                late.close();
            } catch (Exception e) {
                // Nobody has used it.
            }
        }
    }

    private IOException rethrown(ExecutionException e) throws SQLException {
        Throwable cause = e.getCause();
        if (cause instanceof SQLException failure) {
            throw failure;
        }
        return cause instanceof IOException failure
                ? failure
                : new IOException("the driver of %s failed: %s".formatted(peer, cause), cause);
    }

    private IOException hungUp() {
        return new IOException("the connection to %s was closed".formatted(peer));
    }

    boolean isBusy() {
        return awaited != null;
    }

    /**
     * Runs a last call behind the one that may be under way.
     *
     * @return whether it came to its end within {@code limit}
     */
    boolean end(Runnable last, Duration limit) {
        try {
            executor.execute(last);
        } catch (RejectedExecutionException e) {
            return true;
        }
        close();
        try {
            return executor.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets no call begin any more, and the caller that waits go. */
    @Override
    public void close() {
        closed = true;
        CompletableFuture<?> waiting = awaited;
        if (waiting != null) {
            waiting.completeExceptionally(hungUp());
        }
        executor.shutdown();
    }

    /** What is called. */
    interface Call<T> {
        T run() throws SQLException, IOException;
    }
}
