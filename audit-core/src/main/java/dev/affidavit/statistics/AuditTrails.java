package dev.affidavit.statistics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The open audit trails of this process (of this class loader). Thread-safe. */
public final class AuditTrails {
    private static final Map<String, Supplier<TrailStatistics>> OPEN = new ConcurrentSkipListMap<>();

    private AuditTrails() {}

    /** The statistics of each open trail, in the order of their directories. */
    public static List<TrailStatistics> statistics() {
        return OPEN.values().stream().map(Supplier::get).toList();
    }

    /** Called by a trail when it opens. Closing what this returns takes the trail off the list, and off JMX. */
    public static Registration register(String directory, Supplier<TrailStatistics> statistics) {
        OPEN.put(directory, statistics);
        JmxRegistration jmx = JmxRegistration.of(directory, statistics);
        return () -> {
            OPEN.remove(directory);
            jmx.close();
        };
    }

    /** A trail's place on the list. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
