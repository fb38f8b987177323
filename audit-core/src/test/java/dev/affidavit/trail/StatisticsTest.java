package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.AuditException;
import dev.affidavit.spi.FakeCall;
import dev.affidavit.spi.FakeEngine;
import dev.affidavit.spi.FakeListener;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.statistics.AuditTrailMXBean;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.statistics.ForwarderInfo;
import dev.affidavit.statistics.TrailStatistics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatisticsTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    Path directory;

    private TestLog log;
    private ObjectName name;

    @BeforeEach
    void prepare() throws JMException, IOException {
        log = new TestLog(directory).with("flushInterval", "1h");
        name = new ObjectName("dev.affidavit:type=AuditTrail,directory="
                + ObjectName.quote(directory.toRealPath().toString()));
    }

    @AfterEach
    void reset() {
        FakeEngine.reset();
        FakeListener.reset();
    }

    private Map<String, Object> attributes() throws JMException {
        String[] names = Arrays.stream(SERVER.getMBeanInfo(name).getAttributes())
                .map(MBeanAttributeInfo::getName)
                .toArray(String[]::new);
        return SERVER.getAttributes(name, names).asList().stream()
                .collect(Collectors.toMap(Attribute::getName, Attribute::getValue));
    }

    @Test
    void shouldCountInJava() throws IOException {
        try (AuditSink sink = log.open()) {
            sink.accept(FakeCall.of("x"));
            sink.accept(FakeCall.of("x"));

            TrailStatistics statistics = AuditTrails.statistics().get(0);
            assertThat(statistics.config().name()).isEqualTo("audit");
            assertThat(statistics.logId()).matches("[0-9a-f]{32}");
            assertThat(statistics.recorded()).isEqualTo(3);
            assertThat(statistics.failed()).isZero();
            assertThat(statistics.lost()).isZero();
            assertThat(statistics.asyncStage()).isFalse();
            assertThat(statistics.lastError()).isNull();
            assertThat(statistics.lastErrorAt()).isNull();
            assertThat(statistics.log().written()).isEqualTo(3);
            assertThat(statistics.log().unforced()).isEqualTo(2);
            assertThat(statistics.forwarders()).isEmpty();
            assertThat(statistics.listeners()).isEmpty();
        }
        assertThat(AuditTrails.statistics()).isEmpty();
    }

    @Test
    void shouldShowThemselvesToAnyJmxClient() throws JMException {
        Instant before = Instant.now();
        try (AuditSink sink = log.forwardingTo("soc")
                .toldTo("alerts")
                .with("onFailure", "continue")
                .open()) {
            FakeListener.onEvent(() -> {
                throw new IllegalStateException("no mail server");
            });
            sink.accept(FakeCall.of("x"));
            sink.accept(FakeCall.of("x"));
            FakeListener.await(3);

            Map<String, Object> attributes = attributes();
            assertThat(attributes)
                    .containsEntry("Name", "audit")
                    .containsEntry("Directory", directory.toString())
                    .containsEntry("Recorded", 3L)
                    .containsEntry("Failed", 0L)
                    .containsEntry("Lost", 0L)
                    .containsEntry("Buffered", 2L)
                    .containsEntry("BufferSize", 100)
                    .containsEntry("FlushInterval", "3600000ms")
                    .containsEntry("Durability", "written")
                    .containsEntry("OnFailure", "continue")
                    .containsEntry("MaxFileSizeBytes", 50L * 1024 * 1024)
                    .containsEntry("MaxFiles", 100)
                    .containsEntry("RotationInterval", "3153600000000ms")
                    .containsEntry("MaxAge", "7776000000ms")
                    .containsEntry("MinAge", "0ms")
                    .containsEntry("MaxBytes", -1L)
                    .containsEntry("Unshipped", "keep")
                    .containsEntry("OldestSegment", attributes.get("Segment"))
                    .containsEntry("Bytes", attributes.get("SegmentBytes"))
                    .containsEntry("DroppedSegments", 0L)
                    .containsKeys("UsableBytes", "ReserveBytes")
                    .containsEntry("Segments", 1)
                    .containsEntry("RemovedSegments", 0L)
                    .containsEntry("Rotations", 0L)
                    .containsEntry("SealOrigin", "affidavit/" + attributes.get("LogId"))
                    .containsEntry("SealInterval", "1000ms")
                    .containsEntry("AnchorInterval", "600000ms")
                    .containsKey("SealedEvents")
                    .containsEntry("SealEpoch", 1L)
                    .containsEntry("AsyncStage", false)
                    .containsEntry("LastError", "")
                    .containsEntry("LastErrorAt", "");
            assertThat((String) attributes.get("LogId")).matches("[0-9a-f]{32}");
            assertThat((String) attributes.get("Segment")).startsWith("security_audit_");
            assertThat((Long) attributes.get("SegmentBytes")).isPositive();
            assertThat((Long) attributes.get("Forces")).isPositive();
            assertThat((Double) attributes.get("LastForceMillis")).isPositive();
            assertThat((Double) attributes.get("ForcesMillis")).isPositive();
            assertThat(Instant.parse((String) attributes.get("LastForce"))).isBetween(before, Instant.now());
            assertThat((String[]) attributes.get("LegalHolds")).isEmpty();
            assertThat((String[]) attributes.get("Forwarders"))
                    .containsExactly(
                            "soc to " + attributes.get("LogId") + ": DELIVERING since 1970-01-01T00:00:00Z, connected,"
                                    + " 7 delivered, 2 refused, lag 4096 bytes, 3 s, last error: a hawk");
            assertThat((String[]) attributes.get("Listeners"))
                    .singleElement()
                    .asString()
                    .matches(
                            "alerts: [23] told, [23] failed, 0 missed, last error: java.lang.IllegalStateException: no mail server");
            assertThat((String[]) attributes.get("Witnesses")).isEmpty();
            assertThat(attributes).hasSize(47);
        }
        assertThat(SERVER.isRegistered(name)).isFalse();
    }

    @Test
    void shouldShowForwardersToProgramsInNumbers() {
        try (AuditSink sink = log.forwardingTo("soc").open()) {
            sink.accept(FakeCall.of("x"));

            ForwarderInfo forwarder = JMX.newMXBeanProxy(SERVER, name, AuditTrailMXBean.class)
                    .getForwarderDetails()
                    .get(0);
            assertThat(forwarder.getName()).isEqualTo("soc");
            assertThat(forwarder.getDestination()).hasSize(32);
            assertThat(forwarder.getState()).isEqualTo("DELIVERING");
            assertThat(forwarder.getSince()).isEqualTo("1970-01-01T00:00:00Z");
            assertThat(forwarder.isConnected()).isTrue();
            assertThat(forwarder.getDelivered()).isEqualTo(7);
            assertThat(forwarder.getRefused()).isEqualTo(2);
            assertThat(forwarder.getFailures()).isEqualTo(5);
            assertThat(forwarder.getPerSecond()).isEqualTo(0.5);
            assertThat(forwarder.getLagBytes()).isEqualTo(4096);
            assertThat(forwarder.getLagSeconds()).isEqualTo(3.25);
            assertThat(forwarder.getLastError()).isEqualTo("a hawk");
        }
    }

    @Test
    void shouldShowTheLastError() throws JMException {
        try (AuditSink sink = log.open()) {
            assertThatThrownBy(() -> sink.accept(FakeCall.of("x").failing(new StackOverflowError("deep"))))
                    .isInstanceOf(AuditException.class);
            sink.accept(FakeCall.of("x").onAnotherThread().failing(new OutOfMemoryError("heap")));

            assertThat(attributes())
                    .containsEntry("Failed", 1L)
                    .containsEntry("Lost", 1L)
                    .containsEntry("AsyncStage", true)
                    .containsEntry("LastError", "audit event not recorded: heap");
        }
    }

    @Test
    void shouldTellWhoWatchesOfEachChange() throws IOException {
        Path realPath = directory.toRealPath();
        List<Optional<List<String>>> seen = new ArrayList<>();
        AuditTrails.Registration watch = AuditTrails.watch(() -> seen.add(AuditTrails.statistics(realPath)
                .map(statistics -> statistics.forwarders().stream()
                        .map(ForwarderStatistics::name)
                        .toList())));
        try (AuditSink before = log.open()) {
            before.installed();
            try (AuditSink after = log.forwardingTo("soc").open()) {
                after.installed();
            }
        }
        watch.close();
        log.open().close();

        assertThat(seen)
                .containsExactly(
                        Optional.of(List.of()),
                        Optional.of(List.of()),
                        Optional.of(List.of()),
                        Optional.of(List.of("soc")),
                        Optional.empty());
    }

    /** Who is told of what is recorded finds the trail that it is told of. */
    @Test
    void shouldTellWhoWatchesBeforeAnythingIsRecorded() {
        List<List<String>> seen = new ArrayList<>();
        AuditTrails.Registration watch = AuditTrails.watch(() -> seen.add(log.types()));
        log.open().close();
        watch.close();

        assertThat(seen).containsExactly(List.of(), List.of("AUDIT_LOG_STARTED", "AUDIT_LOG_STOPPED"));
    }

    @Test
    void shouldNotKeepATrailFromOpeningIfWhoWatchesFails() {
        AuditTrails.Registration watch = AuditTrails.watch(() -> {
            throw new NoSuchMethodError("another version");
        });
        try (AuditSink sink = log.open()) {
            sink.accept(FakeCall.of("x"));
            assertThat(log.status.errors).first().asString().contains("watches").contains("another version");
        } finally {
            watch.close();
        }
        assertThat(log.types()).endsWith("AUDIT_LOG_STOPPED");
    }

    @Test
    void shouldNotKeepATrailFromOpeningIfTheNameIsTaken() throws JMException {
        SERVER.registerMBean(new Taken(), name);
        try (AuditSink sink = log.open()) {
            assertThat(sink.problems()).isEmpty();
            assertThat(AuditTrails.statistics()).hasSize(1);
        }
        assertThat(SERVER.isRegistered(name)).isTrue();
        SERVER.unregisterMBean(name);
    }

    /** Somebody else's. */
    public interface TakenMBean {}

    /** Somebody else's. */
    public static final class Taken implements TakenMBean {}
}
