package dev.affidavit.trail;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The forwarders of one trail: started, replaced when their configuration changes, and stopped with it. Thread-safe. */
final class TrailForwarding {
    private final Path directory;
    private final FrameworkStatus status;
    private final ForwarderWatch watch;

    /** Held while forwarders start or stop, which may take 2 s. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable Forwarding running;

    /** Null before the first start. */
    @GuardedBy("lock")
    private @Nullable StartedWith startedWith;

    @GuardedBy("lock")
    private boolean closed;

    /** Read on each event, without the lock. */
    private volatile boolean started;

    TrailForwarding(Path directory, FrameworkStatus status, ForwarderWatch watch) {
        this.directory = directory;
        this.status = status;
        this.watch = watch;
    }

    /** Whether forwarders were started, if only there are any: by the first event, if nobody did so before. */
    boolean isStarted() {
        return started;
    }

    /**
     * Starts these forwarders, but for those that run already; stops those that are not among them first. Never throws: the
     * event that led here is recorded.
     */
    void start(LogIdentity identity, List<ForwarderConfig> forwarders) {
        lock.lock();
        try {
            started = true;
            StartedWith wanted = new StartedWith(identity, forwarders);
            if (closed || wanted.equals(startedWith)) {
                return;
            }
            if (running != null) {
                running.change(identity, forwarders);
            } else if (!forwarders.isEmpty()) {
                running = Services.engine(status).orElseThrow().start(directory, identity, forwarders, status, watch);
            }
            startedWith = wanted;
        } catch (RuntimeException e) {
            status.error("audit log: forwarding cannot start: " + e, e);
        } finally {
            lock.unlock();
        }
    }

    List<ForwarderStatistics> statistics() {
        lock.lock();
        try {
            return running == null ? List.of() : running.statistics();
        } finally {
            lock.unlock();
        }
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
        if (running != null) {
            try {
                running.close();
            } catch (RuntimeException e) { // the log itself must still be closed
                status.error("audit log: forwarding did not stop: " + e, e);
            }
            running = null;
        }
    }

    /** What decides whether forwarders must be started anew. */
    private record StartedWith(LogIdentity identity, List<ForwarderConfig> forwarders) {}
}
