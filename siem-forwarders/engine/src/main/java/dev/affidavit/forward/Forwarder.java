package dev.affidavit.forward;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.LogIdentity;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread of one destination. Thread-safe. */
final class Forwarder {
    private static final Duration MEMORY_PAUSE = Duration.ofSeconds(1);

    private final Courier courier;
    private final Surroundings surroundings;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);

    private Forwarder(Courier courier, Surroundings surroundings) {
        this.courier = courier;
        this.surroundings = surroundings;
        this.thread = surroundings.threads().newThread(this::run);
        this.thread.setName("affidavit-forward-" + courier.job().forwarder());
    }

    static Forwarder start(Job job, Surroundings surroundings) {
        Forwarder forwarder = new Forwarder(new Courier(job, surroundings), surroundings);
        forwarder.thread.start();
        return forwarder;
    }

    boolean isFor(LogIdentity log, ForwarderConfig config) {
        return courier.job().isSameAs(log, config);
    }

    private void run() {
        try {
            while (stop.getCount() > 0) {
                pause(step());
            }
            deliverTheRest();
        } finally {
            courier.close();
        }
    }

    /** Ends by no Error: running out of memory once more while one is told must not cost the log its forwarder. */
    private Duration step() {
        try {
            return courier.step();
        } catch (Throwable e) {
            return MEMORY_PAUSE;
        }
    }

    /** What can be read now, unless the destination is known to be away. */
    private void deliverTheRest() {
        courier.hurry();
        boolean more = !courier.isFailing();
        while (more) {
            more = step().isZero();
        }
    }

    private void pause(Duration time) {
        try {
            boolean stopped = !time.isZero() && surroundings.pause().await(stop, time);
            if (!stopped) {
                Thread.interrupted(); // a destination may have left one: it would close the log's file at the next read
            }
        } catch (InterruptedException e) {
            // Nobody stops this thread so; it only waits for less long.
        }
    }

    /** Asks the thread to deliver what can be read, and to end. Returns at once. */
    void requestStop() {
        stop.countDown();
    }

    /** Waits for the thread to end by itself. */
    boolean awaitEnd(Duration limit) {
        return join(thread, limit);
    }

    /** Lets the thread begin nothing any more; what it is at may end. Returns at once. */
    void beginNoMore() {
        courier.beginNoMore();
    }

    /**
     * Makes the call that the thread is in fail, unless it is noting what the destination answered. After {@link
     * #beginNoMore}. Returns at once, whatever closing the destination takes.
     */
    void cut() {
        try {
            surroundings.threads().newThread(courier::hangUp).start();
        } catch (Throwable e) { // no thread to be had: the interrupt may do
        }
        courier.unlessNoting(thread::interrupt);
    }

    /** Lets the thread go if it has not ended. */
    void abandon() {
        if (thread.isAlive()) {
            courier.abandon();
            courier.job()
                    .status()
                    .warn(
                            "forwarder '%s': a call to its destination does not return; the log keeps what was not delivered"
                                    .formatted(courier.job().forwarder()));
        }
    }

    ForwarderStatistics statistics() {
        return courier.statistics();
    }

    /** Joins whether or not this thread is interrupted, which it still is afterwards. */
    private static boolean join(Thread thread, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (thread.isAlive()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedJoin(thread, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
