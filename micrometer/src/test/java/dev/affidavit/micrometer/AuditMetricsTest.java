package dev.affidavit.micrometer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.affidavit.AuditException;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.statistics.TrailStatistics;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.appender.StubListener;
import dev.affidavit.trail.AuditSink;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final AuditMetrics metrics = AuditMetrics.ofAllLogs();

    @TempDir
    private Path directory;

    @BeforeEach
    void reset() {
        CountingEngine.counts = CountingEngine.START;
        StubListener.reset(event -> {});
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    private MeteredLog log(String name) {
        return MeteredLog.in(directory.resolve(name));
    }

    private double counter(String name) {
        return registry.get("affidavit." + name).functionCounter().count();
    }

    private double gauge(String name, String... tags) {
        return registry.get("affidavit." + name).tags(tags).gauge().value();
    }

    @Test
    void shouldShowALogThatIsOpenAndOneThatIsOpenedLater() throws Exception {
        try (AuditSink first = log("one").named("one").open()) {
            metrics.bindTo(registry);
            first.accept(MeteredLog.call());
            try (AuditSink second = log("two").named("two").open()) {
                second.accept(MeteredLog.call());
                second.accept(MeteredLog.call());

                assertThat(registry.get("affidavit.events.recorded")
                                .tags("log", "one", "directory", directory.toRealPath() + "/one")
                                .functionCounter()
                                .count())
                        .isEqualTo(2);
                assertThat(registry.get("affidavit.events.recorded")
                                .tags("log", "two", "directory", directory.toRealPath() + "/two")
                                .functionCounter()
                                .count())
                        .isEqualTo(3);
            }
        }
    }

    @Test
    void shouldCountWhatTheStatisticsCount() {
        metrics.bindTo(registry);
        try (AuditSink sink = log("one").open()) {
            sink.accept(MeteredLog.call());
            assertThatThrownBy(() -> sink.accept(MeteredLog.failingCall())).isInstanceOf(AuditException.class);

            TrailStatistics statistics = AuditTrails.statistics().get(0);
            assertThat(counter("events.recorded"))
                    .isEqualTo((double) statistics.recorded())
                    .isEqualTo(2);
            assertThat(counter("events.failed")).isEqualTo(1);
            assertThat(counter("events.lost")).isZero();
            assertThat(counter("events.forced")).isEqualTo(1);
            assertThat(gauge("events.buffered")).isEqualTo(1);
            assertThat(gauge("events.error.time"))
                    .isEqualTo(requireNonNull(statistics.lastErrorAt()).toEpochMilli() / 1e3);
            assertThat(gauge("forces.last.time"))
                    .isEqualTo(requireNonNull(statistics.log().lastForce()).toEpochMilli() / 1e3);
            assertThat(gauge("forces.last.duration"))
                    .isEqualTo(requireNonNull(statistics.log().lastForceTook()).toNanos() / 1e9)
                    .isPositive();
            assertThat(registry.get("affidavit.forces").functionTimer().count())
                    .isEqualTo((double) statistics.log().forces());
            assertThat(registry.get("affidavit.forces").functionTimer().totalTime(TimeUnit.NANOSECONDS))
                    .isCloseTo((double) statistics.log().forcesTook().toNanos(), within(0.5)) // it went by seconds
                    .isPositive();
            assertThat(gauge("segments")).isEqualTo(1);
            assertThat(gauge("size"))
                    .isEqualTo(gauge("segment.size"))
                    .isEqualTo((double) statistics.log().segmentBytes())
                    .isPositive();
            assertThat(counter("rotations")).isZero();
            assertThat(gauge("disk.usable"))
                    .satisfiesAnyOf(
                            value -> assertThat(value).isNaN(),
                            value -> assertThat(value).isPositive());
            assertThat(gauge("broken")).isZero();
            assertThat(gauge("async.stage")).isZero();
        }
    }

    @Test
    void shouldShowForwardersAndListeners() {
        metrics.bindTo(registry);
        CountingEngine.counts = CountingEngine.BUSY;
        StubListener.reset(event -> {
            throw new IllegalStateException("no mail server");
        });
        try (AuditSink sink =
                log("one").forwardingTo("soc", "siem").toldTo("alerts").open()) {
            sink.accept(MeteredLog.call());
            Deadline.await("it is told", Duration.ofSeconds(60), () -> counter("listener.told") >= 1);

            assertThat(registry.get("affidavit.forwarder.delivered")
                            .meter()
                            .getId()
                            .getTag("forwarder"))
                    .isEqualTo("soc");
            assertThat(registry.get("affidavit.forwarder.delivered")
                            .meter()
                            .getId()
                            .getTag("destination"))
                    .contains("siem");
            assertThat(counter("forwarder.delivered")).isEqualTo(7);
            assertThat(counter("forwarder.refused")).isEqualTo(2);
            assertThat(counter("forwarder.failures")).isEqualTo(5);
            assertThat(gauge("forwarder.rate")).isEqualTo(0.5);
            assertThat(gauge("forwarder.backlog")).isEqualTo(4096);
            assertThat(gauge("forwarder.lag")).isEqualTo(3.25);
            assertThat(gauge("forwarder.connected")).isEqualTo(1);
            assertThat(gauge("forwarder.state", "state", "retrying")).isEqualTo(1);
            assertThat(gauge("forwarder.state", "state", "delivering")).isZero();
            assertThat(gauge("forwarder.state.time")).isEqualTo(86_400);
            assertThat(counter("listener.failed")).isPositive();
            assertThat(counter("listener.missed")).isZero();

            CountingEngine.counts = CountingEngine.START;
            assertThat(gauge("forwarder.backlog")).isNaN();
            assertThat(gauge("forwarder.lag")).isNaN();

            CountingEngine.counts = CountingEngine.DONE;
            assertThat(gauge("forwarder.backlog")).isZero();
            assertThat(gauge("forwarder.lag")).isZero();
        }
    }

    @Test
    void shouldRemoveTheMetersOfALogThatIsClosed() {
        metrics.bindTo(registry);
        try (AuditSink sink =
                log("one").forwardingTo("soc", "siem").toldTo("alerts").open()) {
            sink.accept(MeteredLog.call());
            assertThat(registry.getMeters()).hasSizeGreaterThan(30);
        }

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void shouldFollowAReconfigurationAndGoOnCounting() {
        metrics.bindTo(registry);
        AuditSink before = log("one")
                .forwardingTo("soc", "siem")
                .forwardingTo("old", "siem")
                .open();
        before.accept(MeteredLog.call());
        assertThat(counter("events.recorded")).isEqualTo(2);

        MeteredLog changed = log("one").forwardingTo("soc", "siem").forwardingTo("new", "siem");
        try (AuditSink after = changed.open()) {
            before.close();
            after.accept(MeteredLog.call());

            assertThat(registry.get("affidavit.forwarder.delivered").functionCounters())
                    .extracting(counter -> counter.getId().getTag("forwarder"))
                    .containsExactlyInAnyOrder("soc", "new");
            assertThat(counter("events.recorded")).isEqualTo(4); // with AUDIT_CONFIG_CHANGED
        }
    }

    @Test
    void shouldTakeTheOtherNameOfALog() {
        metrics.bindTo(registry);
        try (AuditSink first = log("one").named("before").open();
                AuditSink second = log("one").named("after").open()) {
            assertThat(first.problems()).isEmpty();
            assertThat(second.problems()).isEmpty();
            assertThat(registry.get("affidavit.segments").meters())
                    .extracting(meter -> meter.getId().getTag("log"))
                    .containsExactly("after");
        }
    }

    /** A registry that sends differences would send a negative one. */
    @Test
    void shouldNotGoBackWhenAForwarderCountsAnew() {
        MockClock clock = new MockClock();
        MeterRegistry cumulative = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
        metrics.bindTo(cumulative);
        CountingEngine.counts = CountingEngine.BUSY;
        try (AuditSink sink = log("one").forwardingTo("soc", "siem").open()) {
            assertThat(sink.problems()).isEmpty();
            FunctionCounter delivered =
                    cumulative.get("affidavit.forwarder.delivered").functionCounter();
            assertThat(delivered.count()).isEqualTo(7);

            CountingEngine.counts = CountingEngine.START;
            assertThat(delivered.count()).isEqualTo(7);

            CountingEngine.counts = CountingEngine.BUSY;
            assertThat(delivered.count()).isEqualTo(14);
        }
    }

    @Test
    void shouldBeginAnewWithALogThatIsOpenedAgain() {
        metrics.bindTo(registry);
        try (AuditSink sink = log("one").open()) {
            sink.accept(MeteredLog.call());
        }
        try (AuditSink sink = log("one").open()) {
            assertThat(sink.problems()).isEmpty();
            assertThat(counter("events.recorded")).isEqualTo(1);
        }
    }

    @Test
    void shouldShowOnlyTheLogThatWasAskedFor() {
        try (AuditMetrics ofOne = AuditMetrics.ofLog("one");
                AuditSink first = log("one").named("one").open();
                AuditSink second = log("two").named("two").open()) {
            ofOne.bindTo(registry);

            assertThat(first.problems()).isEmpty();
            assertThat(second.problems()).isEmpty();
            assertThat(registry.get("affidavit.segments").meters())
                    .extracting(meter -> meter.getId().getTag("log"))
                    .containsExactly("one");
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void shouldRemoveAllMetersWhenItIsClosed() {
        metrics.bindTo(registry);
        try (AuditSink sink = log("one").open()) {
            assertThat(sink.problems()).isEmpty();
            metrics.close();
            metrics.close();

            assertThat(registry.getMeters()).isEmpty();
        }
        try (AuditSink sink = log("two").open()) {
            assertThat(sink.problems()).isEmpty();
            assertThat(registry.getMeters()).isEmpty();
        }
        assertThatThrownBy(() -> metrics.bindTo(registry))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void shouldShowTheLogsInSeveralRegistriesAndForgetOneThatIsClosed() {
        MeterRegistry other = new SimpleMeterRegistry();
        metrics.bindTo(registry);
        metrics.bindTo(other);
        other.close();
        try (AuditSink sink = log("one").open()) {
            assertThat(sink.problems()).isEmpty();
            assertThat(counter("events.recorded")).isEqualTo(1);
            assertThat(other.getMeters()).isEmpty();
        }
    }

    /** As one who only wants it bound writes it. */
    @Test
    void shouldNeedNoOtherReference() {
        WeakReference<AuditMetrics> bound = bindAndForget();
        System.gc();
        try (AuditSink sink = log("one").open()) {
            sink.accept(MeteredLog.call());
            System.gc();

            assertThat(counter("events.recorded")).isEqualTo(2);
            assertThat(registry.get("affidavit.forces").functionTimer().count()).isPositive();
        }
        requireNonNull(bound.get()).close();
    }

    private WeakReference<AuditMetrics> bindAndForget() {
        AuditMetrics forgotten = AuditMetrics.ofAllLogs();
        forgotten.bindTo(registry);
        return new WeakReference<>(forgotten);
    }

    @Test
    void shouldKeepNothingOfAClosedLogAlive() {
        metrics.bindTo(registry);
        Meter kept = meterOfALogThatIsClosed();

        assertThat(((FunctionCounter) kept).count()).isEqualTo(2);
        assertThat(AuditTrails.statistics()).isEmpty();
        assertThat(registry.getMeters()).isEmpty();
    }

    /** Somebody may keep a meter that is removed: it stays at what it counted last. */
    private Meter meterOfALogThatIsClosed() {
        try (AuditSink sink = log("one").open()) {
            sink.accept(MeteredLog.call());
            assertThat(counter("events.recorded")).isEqualTo(2);
            return registry.get("affidavit.events.recorded").meter();
        }
    }

    @Test
    void shouldHarmNoLogWhenTheRegistryFails() {
        MeteredLog log = log("one");
        registry.config().onMeterAdded(meter -> {
            throw new IllegalStateException("no room");
        });
        metrics.bindTo(registry);

        try (AuditSink sink = log.open()) {
            sink.accept(MeteredLog.call());
            assertThat(sink.problems()).isEmpty();
            assertThat(AuditTrails.statistics().get(0).recorded()).isEqualTo(2);
        }

        assertThat(log.status().messages()).anyMatch(message -> message.contains("no room"));
    }
}
