package dev.affidavit.forward;

import dev.affidavit.store.LogReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the engine takes from the JVM, so that tests can give it something else.
 *
 * @param clock the time of day, for people
 * @param nanos the time that never steps, for waits
 * @param force brings what was read to the device, or fails
 */
record Surroundings(
        ThreadFactory threads,
        RandomGenerator random,
        InstantSource clock,
        LongSupplier nanos,
        Pause pause,
        Consumer<LogReader> force) {
    static Surroundings real() {
        return new Surroundings(
                Surroundings::daemon,
                new Random(),
                InstantSource.system(),
                System::nanoTime,
                Surroundings::await,
                LogReader::force);
    }

    /** Takes nothing from the thread that happens to start it: neither its diagnostic context nor its class loader. */
    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(null, task, "affidavit-forward", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Surroundings.class.getClassLoader());
        return thread;
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
