package dev.affidavit.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The threads of a log: daemons that may outlive the application in whose thread the log was opened. */
final class LogThread {
    private LogThread() {}

    /** A thread that holds no thread locals and no class loader of its maker; not started. */
    static Thread of(String name, Runnable body) {
        Thread thread = new Thread(null, body, name, 0, false);
        thread.setContextClassLoader(LogThread.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Whether the latch opened within the limit. An interrupt neither ends the wait nor gets lost. */
    static boolean await(CountDownLatch latch, Duration limit) {
        return await(limit, left -> latch.await(left, TimeUnit.NANOSECONDS));
    }

    /** Whether the thread ended within the limit. An interrupt neither ends the wait nor gets lost. */
    static boolean awaitEnd(Thread thread, Duration limit) {
        return await(limit, left -> {
            TimeUnit.NANOSECONDS.timedJoin(thread, left);
            return !thread.isAlive();
        });
    }

    private static boolean await(Duration limit, Wait wait) {
        boolean interrupted = false;
        boolean ended = false;
        long limitNanos = TimeUnit.NANOSECONDS.convert(limit);
        long start = System.nanoTime();
        long left = limitNanos;
        while (!ended && left > 0) {
            try {
                ended = wait.within(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = limitNanos - (System.nanoTime() - start);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    private interface Wait {
        /** Whether it came to its end. */
        boolean within(long nanos) throws InterruptedException;
    }
}
