package dev.affidavit.statistics;

import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.ListenerStatistics;
import dev.affidavit.spi.WitnessStatistics;
import dev.affidavit.store.RetentionLimits;
import dev.affidavit.store.SealOptions;
import dev.affidavit.store.SealStatistics;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/** A trail's place in the platform MBean server. */
final class JmxRegistration {
    private final @Nullable ObjectName name;

    private JmxRegistration(@Nullable ObjectName name) {
        this.name = name;
    }

    /** A trail must not fail because JMX does: if the name is taken or forbidden, the trail is not shown. */
    static JmxRegistration of(String directory, Supplier<TrailStatistics> statistics) {
        try {
            ObjectName name = new ObjectName("dev.affidavit:type=AuditTrail,directory=" + ObjectName.quote(directory));
            server().registerMBean(new StandardMBean(new View(statistics), AuditTrailMXBean.class, true), name);
            return new JmxRegistration(name);
        } catch (JMException | SecurityException e) {
            return new JmxRegistration(null);
        }
    }

    void close() {
        try {
            if (name != null && server().isRegistered(name)) {
                server().unregisterMBean(name);
            }
        } catch (JMException e) {
            // Somebody else unregistered it.
        }
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    /** The statistics in the types that JMX has. */
    private record View(Supplier<TrailStatistics> statistics) implements AuditTrailMXBean {
        @Override
        public String getName() {
            return now().config().name();
        }

        @Override
        public String getDirectory() {
            return now().directory().toString();
        }

        @Override
        public String getLogId() {
            return now().logId();
        }

        @Override
        public long getRecorded() {
            return now().recorded();
        }

        @Override
        public long getFailed() {
            return now().failed();
        }

        @Override
        public long getLost() {
            return now().lost();
        }

        @Override
        public long getBuffered() {
            return now().log().unforced();
        }

        @Override
        public int getBufferSize() {
            return now().config().log().forceAfterLines();
        }

        @Override
        public String getFlushInterval() {
            return text(now().config().log().forceInterval());
        }

        @Override
        public String getDurability() {
            return now().config().durability().name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String getOnFailure() {
            return now().config().onFailure().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public long getMaxFileSizeBytes() {
            return now().config().log().maxSegmentBytes();
        }

        @Override
        public int getMaxFiles() {
            return limits().maxSegments();
        }

        @Override
        public String getRotationInterval() {
            return text(now().config().log().rotationInterval());
        }

        @Override
        public String getMaxAge() {
            return text(limits().maxAge());
        }

        @Override
        public String getMinAge() {
            return text(limits().minAge());
        }

        @Override
        public long getMaxBytes() {
            long bytes = limits().maxBytes();
            return bytes == RetentionLimits.NO_LIMIT ? -1 : bytes;
        }

        @Override
        public String getUnshipped() {
            return limits().unshipped().name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String getSegment() {
            return now().log().segment();
        }

        @Override
        public long getSegmentBytes() {
            return now().log().segmentBytes();
        }

        @Override
        public int getSegments() {
            return now().log().segments();
        }

        @Override
        public long getRotations() {
            return now().log().rotations();
        }

        @Override
        public long getRemovedSegments() {
            return now().log().retention().removed();
        }

        @Override
        public long getBytes() {
            return now().log().retention().bytes();
        }

        @Override
        public String getOldestSegment() {
            return now().log().retention().oldestSegment();
        }

        @Override
        public long getDroppedSegments() {
            return now().log().retention().dropped();
        }

        @Override
        public List<String> getLegalHolds() {
            return now().log().retention().legalHolds();
        }

        @Override
        public long getUsableBytes() {
            return now().log().disk().usableBytes();
        }

        @Override
        public long getReserveBytes() {
            return now().log().disk().reserveBytes();
        }

        @Override
        public long getForces() {
            return now().log().forces();
        }

        @Override
        public long getRefusedForces() {
            return now().log().rescues();
        }

        @Override
        public long getRescuedEvents() {
            return now().log().rescuedLines();
        }

        @Override
        public double getForcesMillis() {
            return millis(now().log().forcesTook());
        }

        @Override
        public String getLastForce() {
            return text(now().log().lastForce());
        }

        @Override
        public double getLastForceMillis() {
            Duration took = now().log().lastForceTook();
            return took == null ? 0 : millis(took);
        }

        @Override
        public String getSealOrigin() {
            TrailStatistics now = now();
            SealOptions seal = now.config().log().seal();
            return seal == null ? "" : seal.origin() + "/" + now.logId();
        }

        @Override
        public String getSealInterval() {
            SealOptions seal = now().config().log().seal();
            return seal == null ? "" : text(seal.interval());
        }

        @Override
        public String getAnchorInterval() {
            SealOptions seal = now().config().log().seal();
            return seal == null ? "" : text(seal.anchorInterval());
        }

        @Override
        public long getSealedEvents() {
            SealStatistics seal = now().log().seal();
            return seal == null ? -1 : seal.sealed();
        }

        @Override
        public long getSealEpoch() {
            SealStatistics seal = now().log().seal();
            return seal == null ? -1 : seal.epoch();
        }

        @Override
        public boolean isAsyncStage() {
            return now().asyncStage();
        }

        @Override
        public String getLastError() {
            String error = now().lastError();
            return error == null ? "" : error;
        }

        @Override
        public String getLastErrorAt() {
            return text(now().lastErrorAt());
        }

        @Override
        public List<String> getForwarders() {
            return now().forwarders().stream().map(ForwarderStatistics::summary).toList();
        }

        @Override
        public List<ForwarderInfo> getForwarderDetails() {
            return now().forwarders().stream()
                    .<ForwarderInfo>map(ForwarderView::new)
                    .toList();
        }

        @Override
        public List<String> getListeners() {
            return now().listeners().stream().map(View::text).toList();
        }

        @Override
        public List<String> getWitnesses() {
            return now().witnesses().stream().map(WitnessStatistics::summary).toList();
        }

        private TrailStatistics now() {
            return statistics.get();
        }

        private RetentionLimits limits() {
            return now().config().log().retention();
        }

        private static double millis(Duration duration) {
            return duration.toNanos() / 1e6;
        }

        private static String text(Duration duration) {
            return duration.toMillis() + "ms";
        }

        private static String text(@Nullable Instant moment) {
            return moment == null ? "" : moment.toString();
        }

        private static String text(ListenerStatistics listener) {
            return "%s: %d told, %d failed, %d missed%s"
                    .formatted(
                            listener.name(),
                            listener.told(),
                            listener.failed(),
                            listener.missed(),
                            lastError(listener.lastError()));
        }

        private static String lastError(@Nullable String error) {
            return error == null ? "" : ", last error: " + error;
        }
    }
}
