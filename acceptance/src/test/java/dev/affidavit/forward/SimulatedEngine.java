package dev.affidavit.forward;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.ForwardingEngine;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.store.LogReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The engine with one forwarder, in a time that is the real one and what {@link #pass} adds. No time is added while the
 * forwarder is at work, and none beyond the end of its pause: how often it tries does not depend on the machine.
 */
public final class SimulatedEngine implements ForwardingEngine {
    /** How soon it is seen that real time has passed, or that the forwarder is to end. */
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

    private static final ReentrantLock LOCK = new ReentrantLock();
    /** Of {@link #pausing}. */
    private static final Condition CHANGED = LOCK.newCondition();

    /** Changed under the lock, read without it. */
    private static final AtomicLong PASSED = new AtomicLong();

    @GuardedBy("LOCK")
    private static boolean pausing;

    @GuardedBy("LOCK")
    private static long pauseEnd;

    private final Engine engine;

    /** For the ServiceLoader. */
    public SimulatedEngine() {
        Surroundings real = Surroundings.real();
        this.engine = new Engine(new Surroundings(
                real.threads(),
                new Random(),
                () -> Instant.now().plusNanos(PASSED.get()),
                SimulatedEngine::nanos,
                SimulatedEngine::pause,
                LogReader::force));
    }

    /** Lets so much time pass; it waits for the forwarder to try whenever a pause of it is over. */
    public static void pass(Duration time) {
        LOCK.lock();
        try {
            long left = time.toNanos();
            while (left > 0) {
                while (!pausing) {
                    CHANGED.awaitUninterruptibly();
                }
                long step = Math.max(0, Math.min(left, pauseEnd - nanos()));
                PASSED.addAndGet(step);
                left -= step;
                if (nanos() >= pauseEnd) {
                    pausing = false;
                    CHANGED.signalAll();
                }
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static long nanos() {
        return System.nanoTime() + PASSED.get();
    }

    private static boolean pause(CountDownLatch end, Duration time) throws InterruptedException {
        LOCK.lock();
        try {
            pauseEnd = nanos() + time.toNanos();
            pausing = true;
            CHANGED.signalAll();
            awaitPauseEnd(end);
            return end.getCount() == 0;
        } finally {
            LOCK.unlock();
        }
    }

    @GuardedBy("LOCK")
    private static void awaitPauseEnd(CountDownLatch end) throws InterruptedException {
        try {
            while (pausing && end.getCount() > 0 && nanos() < pauseEnd) {
                CHANGED.awaitNanos(LOOK_NANOS);
            }
        } finally {
            pausing = false;
        }
    }

    @Override
    public Forwarding start(
            Path logDirectory,
            LogIdentity log,
            Supplier<Decrypter> decryption,
            List<ForwarderConfig> forwarders,
            FrameworkStatus status,
            ForwarderWatch watch) {
        return engine.start(logDirectory, log, decryption, forwarders, status, watch);
    }
}
