package dev.affidavit.forward.splunk;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What this destination takes from the JVM, so that tests can give it something else.
 *
 * @param channels names that no other client has
 * @param clock the time of day
 * @param nanos the time that never steps
 */
record Surroundings(Supplier<UUID> channels, InstantSource clock, LongSupplier nanos, Pause pause) {
    static Surroundings real() {
        return new Surroundings(UUID::randomUUID, InstantSource.system(), System::nanoTime, Surroundings::await);
    }

    private static boolean await(CountDownLatch end, Duration time) throws InterruptedException {
        return end.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets time pass. */
    interface Pause {
        /** Waits so long, or until {@code end} is reached: then it returns true. */
        boolean await(CountDownLatch end, Duration time) throws InterruptedException;
    }
}
