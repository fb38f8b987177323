package dev.affidavit.micrometer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.statistics.TrailStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of audit logs as meters: what JMX shows of a log, of its forwarders and of its listeners. The names, units
 * and tags are listed in {@code docs/metrics.md}.
 *
 * <p>The meters follow the logs: they come when a log is opened, before or after this is bound, and are removed when it is
 * closed; those of a forwarder or listener come and go with it when the logging framework is reconfigured. A counter counts
 * from when the log was opened, or its forwarder or listener started, and never goes back as long as it is there. A gauge
 * whose value is not known is NaN.
 *
 * <p>A meter is read when a registry asks for it: between scrapes nothing is done, and the log's writers pay nothing. One
 * read costs what {@link AuditTrails#statistics()} does: for a log with forwarders, a look at its directory for each.
 *
 * <p>A registry must not be bound to two of these that show one log. Thread-safe.
 */
public final class AuditMetrics implements MeterBinder, AutoCloseable {
    private final Predicate<TrailStatistics> wanted;

    /** Held while meters come and go, so that what was seen last is what stays. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final List<BoundRegistry> registries = new ArrayList<>();

    /** What keeps this alive, and the registries with it; null before the first of them. */
    @GuardedBy("lock")
    private AuditTrails.@Nullable Registration watch;

    @GuardedBy("lock")
    private boolean closed;

    private AuditMetrics(Predicate<TrailStatistics> wanted) {
        this.wanted = wanted;
    }

    /** Of every log of this process (of this class loader), those included that are opened later. */
    public static AuditMetrics ofAllLogs() {
        return new AuditMetrics(log -> true);
    }

    /** Of the logs whose appender has this name; if there are several, their tag {@code directory} tells them apart. */
    public static AuditMetrics ofLog(String name) {
        return new AuditMetrics(log -> log.config().name().equals(name));
    }

    /**
     * Shows the logs in a registry, until the registry or this is closed. This is kept until then, and needs no other
     * reference.
     *
     * @throws IllegalStateException if this is closed
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("these metrics are closed; bind new ones");
            }
            registries.add(new BoundRegistry(registry));
            if (watch == null) {
                watch = AuditTrails.watch(this::update);
            }
            update();
        } finally {
            lock.unlock();
        }
    }

    private void update() {
        lock.lock();
        try {
            registries.removeIf(BoundRegistry::isClosed);
            List<Subject<?>> subjects = closed
                    ? List.of()
                    : AuditTrails.statistics().stream()
                            .filter(wanted)
                            .flatMap(Subject::of)
                            .toList();
            registries.forEach(registry -> registry.show(subjects));
        } finally {
            lock.unlock();
        }
    }

    /** Removes the meters from all registries; nothing is shown any more. Closing twice does nothing more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (watch != null) {
                watch.close();
            }
            update();
            registries.clear();
        } finally {
            lock.unlock();
        }
    }
}
