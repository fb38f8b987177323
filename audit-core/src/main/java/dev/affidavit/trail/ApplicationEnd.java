package dev.affidavit.trail;

import dev.affidavit.AuditException;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.ShutdownHandler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has a handler end the application, on a thread of its own: one that calls {@code System.exit} waits for every shutdown
 * hook, and would wait for ever on the thread of one, or on that of a queue which a hook waits for. Thread-safe.
 */
final class ApplicationEnd {
    /** Long enough for a handler that ends the application; a caller that waits longer could be what keeps it from that. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    /** Of all sinks: while the application is being ended for one event, the next has nothing to add. */
    private static final AtomicBoolean AT_WORK = new AtomicBoolean();

    private final ShutdownHandler handler;
    private final FrameworkStatus status;

    ApplicationEnd(ShutdownHandler handler, FrameworkStatus status) {
        this.handler = handler;
        this.status = status;
    }

    /**
     * Calls the handler, unless one is at work. Never throws for what the handler does.
     *
     * @param wait whether this thread may wait for it
     */
    void bringAbout(AuditException cause, boolean wait) {
        if (AT_WORK.getAndSet(true)) {
            return;
        }
        CountDownLatch returned = new CountDownLatch(1);
        Thread thread = new Thread(null, () -> call(cause, returned), "affidavit-shutdown", 0, false);
        thread.setDaemon(false); // the handler decides how the application ends, also if every other thread has ended
        thread.setContextClassLoader(handler.getClass().getClassLoader());
        try {
            thread.start();
        } catch (Throwable e) { // no thread to be had, as when memory is short
            call(cause, returned);
        }
        if (wait) {
            await(returned);
        }
    }

    private void call(AuditException cause, CountDownLatch returned) {
        try {
            handler.shutDown(cause);
        } catch (Throwable e) { // it must not hide the failure that it was called for
            status.error(
                    "the shutdown handler %s failed: %s"
                            .formatted(handler.getClass().getName(), e),
                    e);
        } finally {
            AT_WORK.set(false);
            returned.countDown();
        }
    }

    private static void await(CountDownLatch returned) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + LIMIT.toNanos();
        for (boolean waiting = true; waiting; ) {
            try {
                returned.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                waiting = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
