package dev.affidavit.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads and processes do, and no longer than it must. */
public final class Deadline {
    /** How often a condition is looked at. */
    private static final long LOOK_NANOS = Duration.ofMillis(2).toNanos();

    private Deadline() {}

    /**
     * Returns when the condition holds.
     *
     * @param what named in the error, such as {@code "10 messages arrive"}
     * @throws AssertionError if it does not hold within {@code limit}
     */
    public static void await(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("expected within " + limit + ": " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
