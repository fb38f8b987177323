package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditException;
import dev.affidavit.spi.FakeCall;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.statistics.TrailStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails and works again: while the directory is elsewhere, no segment can be begun in it. */
final class LossesTest {
    private static final FakeCall TOO_LONG_FOR_THE_SEGMENT = FakeCall.of("x".repeat(2000));

    @TempDir
    Path parent;

    private Path directory;
    private TestLog log;

    @BeforeEach
    void prepare() throws IOException {
        directory = parent.toRealPath().resolve("log");
        log = new TestLog(directory).with("maxFileSize", "1KB").with("flushInterval", "1h");
    }

    private void breakDisk() throws IOException {
        Files.move(directory, parent.resolve("away"));
    }

    private void mendDisk() throws IOException {
        Files.move(parent.resolve("away"), directory);
    }

    /** Without what housekeeping says of the directory, if it looked while that was elsewhere. */
    private List<String> types() {
        return log.types().stream()
                .filter(type -> !type.equals("AUDIT_LOG_TAMPER"))
                .toList();
    }

    private List<String> errors() {
        return log.status.errors.stream()
                .filter(error -> error.startsWith("audit appender 'audit'"))
                .toList();
    }

    private static TrailStatistics statistics() {
        return AuditTrails.statistics().get(0);
    }

    @Test
    void shouldTellTheCallerAndGoOnWhenTheDiskDoes() throws IOException {
        try (AuditSink sink = log.open()) {
            breakDisk();
            assertThatThrownBy(() -> sink.accept(TOO_LONG_FOR_THE_SEGMENT))
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("line not written");
            assertThatThrownBy(() -> sink.accept(TOO_LONG_FOR_THE_SEGMENT)).isInstanceOf(AuditException.class);
            assertThat(statistics().failed()).isEqualTo(2);
            assertThat(statistics().lost()).isZero();
            assertThat(statistics().lastError()).contains("line not written");

            mendDisk();
            sink.accept(TOO_LONG_FOR_THE_SEGMENT);
        }

        assertThat(types()).containsExactly("AUDIT_LOG_STARTED", "UNSPECIFIED", "AUDIT_LOG_STOPPED");
        assertThat(log.only("AUDIT_LOG_STOPPED").get("details").toString()).endsWith("\"failed\":2,\"lost\":0}");
        assertThat(errors()).as("once for failures in a row").hasSize(1);
    }

    @Test
    void shouldRecordWhatWasLostWhenTheDiskWorksAgain() throws IOException {
        Instant before = Instant.now();
        try (AuditSink sink = log.with("onFailure", "continue").open()) {
            breakDisk();
            for (int i = 0; i < 3; i++) {
                sink.accept(TOO_LONG_FOR_THE_SEGMENT);
            }
            assertThat(statistics().lost()).isEqualTo(3);

            mendDisk();
            sink.accept(FakeCall.of("short"));
            sink.accept(FakeCall.of("short"));
        }

        assertThat(types())
                .containsExactly(
                        "AUDIT_LOG_STARTED", "UNSPECIFIED", "AUDIT_EVENTS_LOST", "UNSPECIFIED", "AUDIT_LOG_STOPPED");
        JsonNode lost = log.only("AUDIT_EVENTS_LOST");
        assertThat(lost.get("severity").textValue()).isEqualTo("CRITICAL");
        assertThat(lost.at("/details/count").intValue()).isEqualTo(3);
        assertThat(lost.at("/details/reason").textValue()).contains("line not written");
        assertThat(Instant.parse(lost.at("/details/first").textValue())).isBetween(before, Instant.now());
        assertThat(Instant.parse(lost.at("/details/last").textValue()))
                .isAfterOrEqualTo(Instant.parse(lost.at("/details/first").textValue()));
    }

    @Test
    void shouldRecordWhatWasLostWhileTheConfigurationWasBad() throws IOException {
        TestLog mended = log.with("name", "mended").with("onFailure", "continue");
        try (AuditSink refusing = mended.open("something is wrong")) {
            refusing.accept(FakeCall.of("lost"));
            refusing.accept(FakeCall.of("lost too"));
        }

        mended.open().close();

        assertThat(types()).containsExactly("AUDIT_LOG_STARTED", "AUDIT_EVENTS_LOST", "AUDIT_LOG_STOPPED");
        assertThat(log.only("AUDIT_EVENTS_LOST").at("/details/count").intValue())
                .isEqualTo(2);
        assertThat(log.only("AUDIT_EVENTS_LOST").at("/details/reason").textValue())
                .contains("something is wrong");
    }

    @Test
    void shouldRecordWhatAnAsynchronousStageLost() throws IOException {
        try (AuditSink sink = log.open()) {
            breakDisk();
            sink.accept(FakeCall.of("x".repeat(2000)).onAnotherThread());
            assertThat(statistics().asyncStage()).isTrue();
            assertThat(statistics().lost()).isEqualTo(1);

            mendDisk();
        }

        assertThat(types()).containsExactly("AUDIT_LOG_STARTED", "AUDIT_EVENTS_LOST", "AUDIT_LOG_STOPPED");
        assertThat(log.status.warnings) // housekeeping may have met the broken disk too
                .filteredOn(warning -> warning.contains("behind an asynchronous stage"))
                .hasSize(1);
    }

    @Test
    void shouldEndTheApplication() throws Exception {
        try (AuditSink sink = log.with("onFailure", "shutdown").open()) {
            breakDisk();
            assertThatThrownBy(() -> sink.accept(TOO_LONG_FOR_THE_SEGMENT)).isInstanceOf(AuditException.class);
            mendDisk();
        }

        TestLog.awaitHandlers();
        assertThat(log.shutdowns).singleElement().asString().contains("line not written");
    }

    @Test
    void shouldSayAgainThatItFailsAfterASuccess() throws IOException {
        try (AuditSink sink = log.with("onFailure", "continue").open()) {
            breakDisk();
            sink.accept(TOO_LONG_FOR_THE_SEGMENT);
            mendDisk();
            sink.accept(FakeCall.of("short"));
            breakDisk();
            sink.accept(TOO_LONG_FOR_THE_SEGMENT);
            mendDisk();
        }

        assertThat(errors()).hasSize(2);
        assertThat(log.events("AUDIT_EVENTS_LOST")).hasSize(2);
    }
}
