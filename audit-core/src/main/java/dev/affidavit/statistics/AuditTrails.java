package dev.affidavit.statistics;

import dev.affidavit.spi.FrameworkStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The open audit trails of this process (of this class loader). Thread-safe. */
public final class AuditTrails {
    /** Of a trail that is not on the list yet. */
    public static final OpenTrail NOT_REGISTERED = new OpenTrail() {
        @Override
        public void changed() {}

        @Override
        public void close() {}
    };

    private static final Map<Path, Supplier<TrailStatistics>> OPEN = new ConcurrentSkipListMap<>();
    private static final List<Watch> WATCHES = new CopyOnWriteArrayList<>();

    private AuditTrails() {}

    /** The statistics of each trail that is open or being opened, in the order of their directories. */
    public static List<TrailStatistics> statistics() {
        return OPEN.values().stream().map(Supplier::get).toList();
    }

    /** The statistics of the trail in a directory, given by its real path; empty if none is open there, or being opened. */
    public static Optional<TrailStatistics> statistics(Path directory) {
        return Optional.ofNullable(OPEN.get(directory)).map(Supplier::get);
    }

    /**
     * Runs {@code action} each time that a trail is being opened, before it has recorded anything; was closed, or could not be
     * opened; or may have other settings, forwarders or listeners than before. It runs on the thread that does so, which may
     * be one that records an event: it must be quick, and must not wait for another thread that uses an audit log. What it
     * throws is told to the logging framework, and harms nothing.
     *
     * @return ends that when it is closed; until then {@code action} is kept
     */
    public static Registration watch(Runnable action) {
        Watch watch = new Watch(action);
        WATCHES.add(watch);
        return () -> WATCHES.remove(watch);
    }

    /** Called by a trail when it opens. Closing what this returns takes the trail off the list, and off JMX. */
    public static OpenTrail register(Path directory, Supplier<TrailStatistics> statistics, FrameworkStatus status) {
        OPEN.put(directory, statistics);
        JmxRegistration jmx = JmxRegistration.of(directory.toString(), statistics);
        OpenTrail trail = new OpenTrail() {
            @Override
            public void changed() {
                WATCHES.forEach(watch -> watch.run(status));
            }

            @Override
            public void close() {
                OPEN.remove(directory);
                jmx.close();
                changed();
            }
        };
        trail.changed();
        return trail;
    }

    /** A place on a list. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** A trail's place on the list. */
    public interface OpenTrail extends Registration {
        /** To be called when its settings, forwarders or listeners may have changed. Never throws. */
        void changed();
    }

    /** Not a record: two that run the same action are two. */
    private static final class Watch {
        private final Runnable action;

        Watch(Runnable action) {
            this.action = action;
        }

        /** An Error too is contained: a log must open and close whoever looks on. */
        void run(FrameworkStatus status) {
            try {
                action.run();
            } catch (Throwable e) {
                status.error("audit log: what watches the open logs failed: " + e, e);
            }
        }
    }
}
