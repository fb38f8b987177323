package dev.affidavit.listening;

import dev.affidavit.config.ListenerConfig;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.ListenerStatistics;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread of one listener. Thread-safe. */
final class ListenerThread {
    private static final Duration MEMORY_PAUSE = Duration.ofSeconds(1);

    private final Teller teller;
    private final FrameworkStatus status;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    /** Whether what is left is told before the thread ends. */
    private volatile boolean tellingTheRest;

    private ListenerThread(Teller teller, FrameworkStatus status) {
        this.teller = teller;
        this.status = status;
        // Takes nothing from the thread that happens to start it: neither its thread locals nor its class loader.
        this.thread = new Thread(null, this::run, "affidavit-listen-" + name(), 0, false);
        this.thread.setContextClassLoader(config().listener().getClass().getClassLoader());
        this.thread.setDaemon(true);
    }

    static ListenerThread start(Teller teller, FrameworkStatus status) {
        ListenerThread started = new ListenerThread(teller, status);
        started.thread.start();
        return started;
    }

    private void run() {
        try {
            while (stop.getCount() > 0) {
                pause(step());
            }
            boolean more = tellingTheRest;
            while (more) {
                more = step().isZero();
            }
        } finally {
            close();
        }
    }

    private void close() {
        try {
            teller.close();
        } finally {
            ended.countDown();
        }
    }

    /** Ends by no Error: running out of memory once more while one is told must not cost the listener its thread. */
    private Duration step() {
        try {
            return teller.step();
        } catch (Throwable e) {
            return MEMORY_PAUSE;
        }
    }

    private void pause(Duration time) {
        try {
            if (!time.isZero()) {
                stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            // Nobody stops this thread so; it only waits for less long.
        }
    }

    /**
     * Asks the thread to end, and returns at once.
     *
     * @param tellTheRest whether the listener is told first of what can be read
     */
    void requestStop(boolean tellTheRest) {
        tellingTheRest = tellTheRest;
        stop.countDown();
        if (!tellTheRest) {
            teller.cut();
        }
    }

    /** Waits for the thread to end by itself, until {@link System#nanoTime} is {@code deadline}; an interrupt is kept. */
    boolean awaitEnd(long deadline) {
        boolean interrupted = false;
        try {
            while (Thread.currentThread() != thread) {
                try {
                    return ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return false; // the listener stops its own log: it cannot be waited for
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Makes the call that the thread is in fail, if that heeds an interrupt. */
    void cut() {
        teller.cut();
        thread.interrupt();
    }

    /** Says what the listener was not told of if it was to be, and whether its thread had to be left alone. */
    void report() {
        long left = tellingTheRest ? teller.left() : 0;
        boolean blocked = ended.getCount() > 0;
        if (left > 0 || blocked) {
            status.warn("audit listener '%s' was stopped%s; it was not told of %d event(s), which the log has"
                    .formatted(name(), blocked ? " while a call to it did not return" : "", left));
        }
    }

    ListenerConfig config() {
        return teller.config();
    }

    String name() {
        return config().name();
    }

    /** Behind the line that the listener is being told of, or was told of last. */
    Place next() {
        return teller.next();
    }

    ListenerStatistics statistics() {
        return teller.statistics();
    }
}
