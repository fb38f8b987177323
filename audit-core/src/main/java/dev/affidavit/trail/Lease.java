package dev.affidavit.trail;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.config.TrailConfig;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The hold of one sink on its trail. A directory that cannot be used when the sink is opened is tried again by later
 * events: a disk that is mended, or another process that ends, needs no restart of this one. Thread-safe.
 */
final class Lease implements AutoCloseable {
    /** An attempt is made on the thread of an event, which waits for the device if the directory can be used. */
    static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final TrailConfig config;
    private final FrameworkStatus status;
    private final Consumer<String> onTampering;
    private final LongSupplier nanoTime;

    /** Held while the directory is tried: an event that meets it does not wait. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Null until there is one; then it stays. */
    private volatile @Nullable Trail trail;

    /** Empty if there is a trail. */
    private volatile List<String> problems;

    @GuardedBy("lock")
    private long lastAttempt;

    /** Whether there is nothing to be tried: the configuration itself is bad, or the sink was closed. */
    @GuardedBy("lock")
    private boolean ended;

    /** Written under the lock. */
    private volatile boolean closed;

    private Lease(
            TrailConfig config,
            FrameworkStatus status,
            Consumer<String> onTampering,
            LongSupplier nanoTime,
            List<String> problems) {
        this.config = config;
        this.status = status;
        this.onTampering = onTampering;
        this.nanoTime = nanoTime;
        this.problems = problems;
        this.ended = !problems.isEmpty();
    }

    /**
     * Takes hold of the trail, if the configuration is good.
     *
     * @param onTampering is told, once that is recorded, in what a log that this opens does not agree with its seal
     * @param problems of the configuration: with one of them there is never a trail
     */
    static Lease open(
            TrailConfig config,
            FrameworkStatus status,
            Consumer<String> onTampering,
            LongSupplier nanoTime,
            List<String> problems) {
        Lease lease = new Lease(config, status, onTampering, nanoTime, List.copyOf(problems));
        lease.lock.lock();
        try {
            if (!lease.ended) {
                lease.attempt(() -> TrailRegistry.acquire(config, status, onTampering));
            }
        } finally {
            lease.lock.unlock();
        }
        return lease;
    }

    /** The trail; null if there is none, be it after another attempt. */
    @Nullable
    Trail trail() {
        Trail held = trail;
        return held != null ? held : tryAgain();
    }

    /** The trail, without an attempt. */
    @Nullable
    Trail heldTrail() {
        return trail;
    }

    boolean isClosed() {
        return closed;
    }

    /** Why there is no trail; empty if there is one. */
    List<String> problems() {
        return problems;
    }

    private @Nullable Trail tryAgain() {
        if (!lock.tryLock()) {
            return null;
        }
        try {
            if (!ended && trail == null && nanoTime.getAsLong() - lastAttempt >= BETWEEN_ATTEMPTS.toNanos()) {
                attempt(() -> TrailRegistry.acquireLate(config, status, onTampering));
                if (trail != null) {
                    status.info("audit appender '%s' records: its directory can be used now".formatted(config.name()));
                }
            }
            return trail;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void attempt(Opener opener) {
        try {
            Trail opened = opener.open();
            if (opened != null) {
                trail = opened;
                problems = List.of();
            }
        } catch (StoreException e) {
            problems = List.of("directory: " + e.getMessage());
        } catch (Throwable e) { // thrown here, it would leave the application without an audit appender
            problems = List.of("directory: " + e);
        } finally {
            lastAttempt = nanoTime.getAsLong();
        }
    }

    /** Lets go of the trail; the last sink closes it, and forces what was written. Closing twice does nothing more. */
    @Override
    public void close() {
        Trail held;
        lock.lock();
        try {
            held = ended ? null : trail;
            ended = true;
            closed = true;
        } finally {
            lock.unlock();
        }
        if (held != null) {
            TrailRegistry.release(held);
        }
    }

    private interface Opener {
        @Nullable
        Trail open();
    }
}
