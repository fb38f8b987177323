package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.FakeCall;
import dev.affidavit.spi.FakeEngine;
import dev.affidavit.spi.ForwarderChange;
import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.statistics.TrailStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When forwarders start and stop. */
final class ForwardingTest {
    @TempDir
    Path directory;

    private TestLog log;

    @BeforeEach
    void prepare() {
        FakeEngine.reset();
        log = new TestLog(directory).forwardingTo("soc");
    }

    @AfterEach
    void reset() {
        FakeEngine.reset();
    }

    @Test
    void shouldNotStartBeforeTheConfigurationIsInstalled() {
        try (AuditSink sink = log.open()) {
            assertThat(sink.problems()).isEmpty();
            assertThat(FakeEngine.CALLS).isEmpty();

            sink.installed();
            sink.installed();
            sink.accept(FakeCall.of("x"));

            assertThat(FakeEngine.CALLS).containsExactly("start [soc]");
        }
        assertThat(FakeEngine.CALLS).containsExactly("start [soc]", "close [soc]");
    }

    @Test
    void shouldStartWithTheFirstEvent() {
        try (AuditSink sink = log.open()) {
            sink.accept(FakeCall.of("x"));
            sink.accept(FakeCall.of("x"));
            sink.installed();

            assertThat(FakeEngine.CALLS).containsExactly("start [soc]");
        }
    }

    @Test
    void shouldNotStartForWhatTheLogSaysOfItself() throws IOException {
        log.open().close();
        Files.writeString(log.segment(), "torn", StandardOpenOption.APPEND);
        FakeEngine.reset();

        AuditSink first = log.open();
        AuditSink second = log.with("bufferSize", "7").open();

        assertThat(log.types()).contains("AUDIT_LOG_RECOVERED", "AUDIT_CONFIG_CHANGED");
        assertThat(FakeEngine.CALLS).isEmpty();
        first.close();
        second.close();
    }

    @Test
    void shouldNotStartOnALogThatIsClosed() {
        AuditSink sink = log.open();
        sink.close();

        sink.installed();

        assertThat(FakeEngine.CALLS).isEmpty();
    }

    @Test
    void shouldChangeOverWithTheConfiguration() {
        AuditSink first = log.open();
        first.installed();

        AuditSink second = log.forwardingTo("soc", "siem").open();
        assertThat(FakeEngine.CALLS).containsExactly("start [soc]");
        second.installed();
        first.close();
        assertThat(FakeEngine.CALLS).containsExactly("start [soc]", "change [soc, siem]");

        AuditSink third = log.forwardingTo().open();
        third.installed();
        second.close();
        third.close();
        assertThat(FakeEngine.CALLS).containsExactly("start [soc]", "change [soc, siem]", "change []", "close [soc]");
        assertThat(log.events("AUDIT_CONFIG_CHANGED"))
                .extracting(event -> event.at("/details/changes").toString())
                .containsExactly(
                        "{\"AuditForwarder[siem]\":\"Loft[loft=north]\"}",
                        "{\"AuditForwarder[soc]\":\"\",\"AuditForwarder[siem]\":\"\"}");
    }

    @Test
    void shouldLeaveForwardersAloneThatStayTheSame() {
        AuditSink first = log.open();
        first.installed();

        AuditSink second = log.with("bufferSize", "7").open();
        second.installed();
        first.close();

        assertThat(FakeEngine.CALLS).containsExactly("start [soc]");
        second.close();
    }

    @Test
    void shouldRecordHowAForwarderFaresUntilTheLogEnds() {
        ForwarderChange worse =
                new ForwarderChange("soc", "a loft", ForwarderState.DELIVERING, ForwarderState.RETRYING, "a hawk");
        ForwarderChange better =
                new ForwarderChange("soc", "a loft", ForwarderState.RETRYING, ForwarderState.DELIVERING, null);
        AuditSink sink = log.open();
        sink.installed();
        FakeEngine.onClose(() -> FakeEngine.watch().changed(worse));

        FakeEngine.watch().changed(worse);
        FakeEngine.watch().changed(better);
        sink.close();

        assertThat(log.types())
                .containsExactly(
                        "AUDIT_LOG_STARTED", "AUDIT_FORWARDER_STATE", "AUDIT_FORWARDER_STATE", "AUDIT_LOG_STOPPED");
        assertThat(log.events("AUDIT_FORWARDER_STATE"))
                .extracting(event -> event.get("severity").asText() + event.get("success") + event.get("details"))
                .containsExactly(
                        "WARNINGfalse{\"forwarder\":\"soc\",\"destination\":\"a loft\",\"from\":\"DELIVERING\","
                                + "\"to\":\"RETRYING\",\"reason\":\"a hawk\"}",
                        "WARNINGtrue{\"forwarder\":\"soc\",\"destination\":\"a loft\",\"from\":\"RETRYING\","
                                + "\"to\":\"DELIVERING\",\"reason\":null}");
    }

    @Test
    void shouldStopForwardersBetweenTheLastLineAndTheEndOfTheLog() {
        List<String> inTheFile = new ArrayList<>();
        List<TrailStatistics> open = new ArrayList<>();
        FakeEngine.onClose(() -> {
            inTheFile.addAll(log.types());
            open.addAll(AuditTrails.statistics());
        });
        AuditSink sink = log.open();
        sink.accept(FakeCall.of("x"));

        sink.close();

        assertThat(inTheFile).containsExactly("AUDIT_LOG_STARTED", "UNSPECIFIED", "AUDIT_LOG_STOPPED");
        assertThat(open).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRecordTheEventEvenIfForwardingCannotStart(boolean byAnError) {
        FakeEngine.onStart(() -> {
            if (byAnError) {
                throw new OutOfMemoryError("no thread");
            }
            throw new IllegalStateException("no thread");
        });
        try (AuditSink sink = log.open()) {
            sink.accept(FakeCall.of("x"));
        }

        assertThat(log.types()).containsExactly("AUDIT_LOG_STARTED", "UNSPECIFIED", "AUDIT_LOG_STOPPED");
        assertThat(log.status.errors)
                .singleElement()
                .asString()
                .startsWith("audit log: forwarding cannot start: java.lang.")
                .endsWith(": no thread. It is tried again in 10 s at the earliest, by an event.");
    }

    @Test
    void shouldTryAgainToStartWhatCouldNotBeStarted() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // a clock that overflows
        TrailForwarding forwarding = new TrailForwarding(
                directory, () -> Decrypter.WITHOUT_KEYS, log.status, ForwarderWatch.NONE, nanos::get);
        TrailForwarding.Wanted wanted = wanted("soc");
        assertThat(forwarding.isDue()).isTrue();
        FakeEngine.onStart(() -> {
            throw new OutOfMemoryError("unable to create native thread");
        });

        forwarding.start(() -> wanted);
        assertThat(forwarding.isDue()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(forwarding.isDue()).isTrue();

        FakeEngine.onStart(() -> {});
        forwarding.start(() -> wanted);
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(forwarding.isDue()).isFalse();
        assertThat(forwarding.statistics()).hasSize(1);
        forwarding.close();
    }

    @Test
    void shouldStartAgainWhatWasConfiguredBeforeAChangeThatFailed() {
        TrailForwarding forwarding = new TrailForwarding(
                directory, () -> Decrypter.WITHOUT_KEYS, log.status, ForwarderWatch.NONE, System::nanoTime);
        TrailForwarding.Wanted before = wanted("soc");
        forwarding.start(() -> before);
        FakeEngine.onChange(() -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        forwarding.start(() -> wanted("other"));
        FakeEngine.onChange(() -> {});

        forwarding.start(() -> before);

        assertThat(FakeEngine.CALLS).endsWith("change [soc]");
        forwarding.close();
    }

    private static TrailForwarding.Wanted wanted(String forwarder) {
        return new TrailForwarding.Wanted(
                new LogIdentity("id", "service", "host"), List.of(ForwarderConfig.of(forwarder, id -> {
                    throw new AssertionError("nobody opens it");
                })));
    }

    @Test
    void shouldCloseTheLogEvenIfForwardersCannotStop() {
        FakeEngine.onClose(() -> {
            throw new IllegalStateException("stuck");
        });
        AuditSink sink = log.open();
        sink.installed();

        sink.close();

        assertThat(log.status.errors).singleElement().asString().contains("stuck");
        try (AuditSink next = log.open()) {
            assertThat(next.problems()).isEmpty();
        }
    }
}
