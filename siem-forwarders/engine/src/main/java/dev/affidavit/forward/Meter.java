package dev.affidavit.forward;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Counts what a forwarder does, and how much of it in the last minute. Thread-safe. */
final class Meter {
    private static final int MINUTE = 60;

    private final LongSupplier nanos;
    private final long startedAt;
    /** Held for a few additions. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private long delivered;

    @GuardedBy("lock")
    private long refused;

    @GuardedBy("lock")
    private long failures;

    /** Lines delivered in each of the last seconds: second s at index s modulo 60. */
    @GuardedBy("lock")
    private final long[] bySecond = new long[MINUTE];

    @GuardedBy("lock")
    private long lastSecond;

    Meter(LongSupplier nanos) {
        this.nanos = nanos;
        this.startedAt = nanos.getAsLong();
    }

    void delivered(int lines) {
        lock.lock();
        try {
            delivered += lines;
            bySecond[(int) (forgetOld() % MINUTE)] += lines;
        } finally {
            lock.unlock();
        }
    }

    void refused(int lines) {
        lock.lock();
        try {
            refused += lines;
        } finally {
            lock.unlock();
        }
    }

    void failed() {
        lock.lock();
        try {
            failures++;
        } finally {
            lock.unlock();
        }
    }

    Reading read() {
        lock.lock();
        try {
            long seconds = Math.min(forgetOld() + 1, MINUTE);
            return new Reading(
                    delivered,
                    refused,
                    failures,
                    (double) Arrays.stream(bySecond).sum() / seconds);
        } finally {
            lock.unlock();
        }
    }

    /** The second it is, since the start. */
    @GuardedBy("lock")
    private long forgetOld() {
        long second = TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - startedAt);
        for (long old = Math.max(lastSecond + 1, second - MINUTE + 1); old <= second; old++) {
            bySecond[(int) (old % MINUTE)] = 0;
        }
        lastSecond = Math.max(lastSecond, second);
        return lastSecond;
    }

    /**
     * The counts at one moment.
     *
     * @param perSecond of the last minute, or of the time since the start if that is less
     */
    record Reading(long delivered, long refused, long failures, double perSecond) {}
}
