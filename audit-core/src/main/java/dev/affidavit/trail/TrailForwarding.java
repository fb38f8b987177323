package dev.affidavit.trail;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The forwarders of one trail: started, replaced when their configuration changes, and stopped with it. Thread-safe. */
final class TrailForwarding {
    /** Not every event can pay for another try. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Path directory;
    private final Supplier<Decrypter> decryption;
    private final FrameworkStatus status;
    private final ForwarderWatch watch;
    private final LongSupplier nanoTime;

    /** Held while forwarders start or stop, which may take 2 s. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Changed under the lock; read without it, perhaps by a listener while forwarders stop. */
    private volatile @Nullable Forwarding running;

    /** Null before the first start that went well. */
    @GuardedBy("lock")
    private @Nullable Wanted startedWith;

    @GuardedBy("lock")
    private boolean closed;

    /** Read on each event, without the lock; written under it. */
    private volatile boolean tried;
    /** The same. */
    private volatile boolean failed;
    /** By {@link #nanoTime}; says nothing before {@link #tried}. */
    private volatile long triedAt;

    TrailForwarding(
            Path directory,
            Supplier<Decrypter> decryption,
            FrameworkStatus status,
            ForwarderWatch watch,
            LongSupplier nanoTime) {
        this.directory = directory;
        this.decryption = decryption;
        this.status = status;
        this.watch = watch;
        this.nanoTime = nanoTime;
    }

    /** Whether an event has to start the forwarders: nobody has done so before, or it failed some time ago. */
    boolean isDue() {
        return !tried || (failed && nanoTime.getAsLong() - triedAt >= RETRY.toNanos());
    }

    /**
     * Starts the forwarders that are wanted, but for those that run already; stops those that are not among them first. Never
     * throws: the event that led here is recorded.
     *
     * @param configured asked under the lock, so that nobody starts what was configured before
     */
    void start(Supplier<Wanted> configured) {
        lock.lock();
        try {
            triedAt = nanoTime.getAsLong();
            tried = true;
            Wanted wanted = configured.get();
            if (!closed && !wanted.equals(startedWith)) {
                startedWith = null; // what runs after a change that fails is neither the one nor the other
                change(wanted);
                startedWith = wanted;
            }
            failed = false;
        } catch (Throwable e) { // an Error too, such as of a process that may have no more threads
            failed = true;
            status.error(
                    "audit log: forwarding cannot start: %s. It is tried again in %d s at the earliest, by an event."
                            .formatted(e, RETRY.toSeconds()),
                    e);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void change(Wanted wanted) {
        Forwarding before = running;
        if (before != null) {
            before.change(wanted.identity(), wanted.forwarders());
        } else if (!wanted.forwarders().isEmpty()) {
            running = Services.engine(status)
                    .orElseThrow()
                    .start(directory, wanted.identity(), decryption, wanted.forwarders(), status, watch);
        }
    }

    List<ForwarderStatistics> statistics() {
        Forwarding now = running;
        return now == null ? List.of() : now.statistics();
    }

    /** Stops the forwarders; none starts again. */
    void close() {
        lock.lock();
        try {
            closed = true;
            stopRunning();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void stopRunning() {
        Forwarding last = running;
        if (last != null) {
            try {
                last.close();
            } catch (Throwable e) { // the log itself must still be closed
                status.error("audit log: forwarding did not stop: " + e, e);
            }
            running = null;
        }
    }

    /** What decides whether forwarders must be started anew. */
    record Wanted(LogIdentity identity, List<ForwarderConfig> forwarders) {}
}
