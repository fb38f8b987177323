package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditEvent;
import dev.affidavit.AuditException;
import dev.affidavit.EventType;
import dev.affidavit.Severity;
import dev.affidavit.spi.FakeCall;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.statistics.TrailStatistics;
import dev.affidavit.store.LogClosedException;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import dev.affidavit.store.SealOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditSinkTest {
    @TempDir
    Path directory;

    private TestLog log;

    @BeforeEach
    void open() {
        log = new TestLog(directory);
    }

    private static TrailStatistics statistics() {
        return AuditTrails.statistics().get(0);
    }

    @Test
    void shouldRecordBetweenStartAndStop() {
        try (AuditSink sink = log.with("service", "payments").open()) {
            assertThat(sink.problems()).isEmpty();
            assertThat(sink.name()).isEqualTo("audit");
            sink.accept(FakeCall.of("x").marked("AUTH_FAILURE").keyValue("username", "bob"));
        }

        List<JsonNode> events = log.events();
        assertThat(log.types()).containsExactly("AUDIT_LOG_STARTED", "AUTH_FAILURE", "AUDIT_LOG_STOPPED");
        assertThat(events)
                .isSortedAccordingTo(
                        (a, b) -> a.get("id").textValue().compareTo(b.get("id").textValue()));
        assertThat(events.get(1).get("username").textValue()).isEqualTo("bob");
        assertThat(events.get(1).get("service").textValue()).isEqualTo("payments");
        assertThat(events.get(1).get("host").textValue()).isNotBlank();
        assertThat(log.status.errors).isEmpty();
    }

    @Test
    void shouldSayWhoStartsAndStops() {
        log.open().close();

        JsonNode started = log.only("AUDIT_LOG_STARTED").get("details");
        assertThat(started.get("product").textValue()).isEqualTo("affidavit");
        assertThat(started.get("version").textValue()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(started.get("schema_version").intValue()).isEqualTo(1);
        assertThat(started.get("format_version").intValue()).isEqualTo(1);
        assertThat(started.get("log_id").textValue()).matches("[0-9a-f]{32}");
        assertThat(started.get("host").textValue()).isNotBlank();
        assertThat(started.get("pid").longValue())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(log.only("AUDIT_LOG_STOPPED").get("details"))
                .hasToString("{\"recorded\":1,\"failed\":0,\"lost\":0}");
    }

    @Test
    void shouldLeaveOtherEventsAlone() {
        try (AuditSink sink = log.open()) {
            sink.accept(FakeCall.of("x").unmarked());
            sink.accept(FakeCall.of("x").markedOtherwise("DELETE"));
        }

        assertThat(log.types()).containsExactly("AUDIT_LOG_STARTED", "AUDIT_LOG_STOPPED");
    }

    @Test
    void shouldForceCriticalEventsWhateverTheDurability() {
        try (AuditSink sink = log.with("flushInterval", "1h").open()) {
            sink.accept(FakeCall.of("x"));
            assertThat(statistics().log().unforced()).isEqualTo(1);

            sink.accept(FakeCall.of("x").marked("SESSION_HIJACK"));
            assertThat(statistics().log().unforced()).isZero();

            sink.accept(FakeCall.of("x").marked("OWN").level(Severity.CRITICAL));
            assertThat(statistics().log().unforced()).isZero();
        }
    }

    @Test
    void shouldForceEveryEventIfSynced() {
        try (AuditSink sink =
                log.with("flushInterval", "1h").with("durability", "synced").open()) {
            sink.accept(FakeCall.of("x"));

            assertThat(statistics().log().unforced()).isZero();
        }
    }

    @Test
    void shouldGoOnBehindTheIdsOfAnEarlierRun() {
        log.open().close();
        log.open().close();

        assertThat(log.events())
                .extracting(event -> event.get("id").textValue())
                .hasSize(4)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(log.events("AUDIT_LOG_STARTED"))
                .extracting(event -> event.at("/details/log_id").textValue())
                .containsOnly(log.events().get(0).at("/details/log_id").textValue());
    }

    @Test
    void shouldReportATornLine() throws IOException {
        log.open().close();
        Files.writeString(log.segment(), "{\"id\":\"evt_torn", StandardOpenOption.APPEND);

        log.open().close();

        JsonNode details = log.only("AUDIT_LOG_RECOVERED").get("details");
        assertThat(details.get("bytes").intValue()).isEqualTo(15);
        assertThat(details.get("kept_at").textValue()).startsWith("security_audit_");
        assertThat(log.types())
                .containsExactly(
                        "AUDIT_LOG_STARTED",
                        "AUDIT_LOG_STOPPED",
                        "AUDIT_LOG_STARTED",
                        "AUDIT_LOG_RECOVERED",
                        "AUDIT_LOG_STOPPED");
        assertThat(log.status.warnings)
                .anySatisfy(warning -> assertThat(warning).contains("unfinished last line"));
    }

    @Test
    void shouldReportATornLineThatAnEarlierWriterCouldNotReport() throws IOException {
        log.open().close();
        Files.writeString(log.segment(), "{\"id\":\"evt_torn", StandardOpenOption.APPEND);
        LogWriter.open(
                        LogOptions.in(directory)
                                .seal(SealOptions.of("affidavit"))
                                .build(),
                        LogListener.NONE)
                .close(); // cuts it, and says nothing

        log.open().close();
        log.open().close();

        assertThat(log.only("AUDIT_LOG_RECOVERED").at("/details/bytes").intValue())
                .isEqualTo(15);
    }

    @Test
    void shouldOpenALogWhoseLastLineIsNotItsOwn() throws IOException {
        log.open().close();
        Files.writeString(
                log.segment(), "{\"id\":\"evt_9999999999999999999_9999999999\"}\n", StandardOpenOption.APPEND);

        try (AuditSink sink = log.open()) {
            assertThat(sink.problems()).isEmpty();
        }
    }

    @Test
    void shouldReportWhatRetentionRemoves() {
        try (AuditSink sink =
                log.with("maxFiles", "2").with("maxFileSize", "1024B").open()) {
            for (int i = 0; i < 2000 && log.events("AUDIT_LOG_PRUNED").isEmpty(); i++) {
                sink.accept(FakeCall.of("x".repeat(500)).marked("SESSION_HIJACK"));
            }
        }

        assertThat(log.events("AUDIT_LOG_PRUNED")
                        .get(0)
                        .at("/details/segments/0/name")
                        .textValue())
                .startsWith("security_audit_");
    }

    @Test
    void shouldRecordAnEventThatLogsWhileItIsWritten() {
        try (AuditSink sink = log.open()) {
            Object logging = new Object() {
                @Override
                public String toString() {
                    sink.accept(FakeCall.of("inner"));
                    return "outer";
                }
            };
            sink.accept(FakeCall.of(AuditEvent.builder(EventType.AUTH_FAILURE)
                    .detail("value", logging)
                    .build()));
        }

        assertThat(log.types())
                .containsExactly("AUDIT_LOG_STARTED", "UNSPECIFIED", "AUTH_FAILURE", "AUDIT_LOG_STOPPED");
    }

    @Test
    void shouldSurviveAnEventThatLogsItself() {
        try (AuditSink sink = log.with("maxFiles", "1000").open()) {
            Object endless = new Object() {
                @Override
                public String toString() {
                    sink.accept(FakeCall.of(AuditEvent.builder(EventType.AUTH_FAILURE)
                            .detail("self", this)
                            .build()));
                    return "recorded";
                }
            };

            sink.accept(FakeCall.of(AuditEvent.builder(EventType.AUTH_SUCCESS)
                    .detail("self", endless)
                    .build()));
            sink.accept(FakeCall.of("after"));
        }

        assertThat(log.only("AUTH_SUCCESS").at("/details/self").textValue()).isEqualTo("recorded");
        assertThat(log.events("AUTH_FAILURE").get(0).at("/details/self").textValue())
                .isEqualTo("[cut, events nested deeper than 3]");
        assertThat(log.events("UNSPECIFIED")).hasSize(1);
    }

    @Test
    void shouldFailAPlainCallOnceItIsClosed() {
        AuditSink sink = log.open();
        sink.close();
        sink.close();

        assertThatThrownBy(() -> sink.accept(FakeCall.of("x")))
                .isInstanceOf(AuditException.class)
                .hasCauseInstanceOf(LogClosedException.class)
                .hasMessageContaining("the log is closed");
    }
}
