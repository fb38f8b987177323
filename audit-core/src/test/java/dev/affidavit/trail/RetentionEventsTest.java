package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.spi.FakeCall;
import dev.affidavit.spi.FakeEngine;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.LegalHolds;
import dev.affidavit.store.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log says of what it keeps and removes. */
final class RetentionEventsTest {
    @TempDir
    Path directory;

    private TestLog log;

    @BeforeEach
    void prepare() {
        log = new TestLog(directory).with("maxFileSize", "1KB").with("maxFiles", "2");
    }

    @AfterEach
    void reset() {
        FakeEngine.reset();
    }

    /** Each fills a file. */
    private void record(int events) {
        try (AuditSink sink = log.open()) {
            for (int i = 0; i < events; i++) {
                sink.accept(FakeCall.of("x".repeat(900)));
            }
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void shouldRecordEachFileThatItRemoves() throws IOException {
        record(4);

        assertThat(files()).hasSize(2);
        List<JsonNode> reports = log.events("AUDIT_LOG_PRUNED"); // those before may be removed by now
        JsonNode removed = reports.get(reports.size() - 1).at("/details/segments/0");
        assertThat(removed.get("name").textValue()).matches("security_audit_.*\\.log");
        assertThat(removed.get("bytes").intValue()).isGreaterThan(300);
        assertThat(removed.get("reason").textValue()).isEqualTo("maxFiles");
        assertThat(removed.get("undelivered_to")).isNull();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void shouldNameTheForwardersOfWhatItDrops() throws IOException {
        log.forwardingTo("soc").with("unshipped", "drop");

        record(4);

        assertThat(files()).hasSize(2);
        assertThat(log.events("AUDIT_LOG_PRUNED").get(0).at("/details/segments/0/undelivered_to"))
                .hasToString("[\"soc\"]");
        assertThat(log.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("audit log: retention removes ")
                        .endsWith(" files; soc did not deliver all of them"));
    }

    @Test
    void shouldKeepWhatIsNotDeliveredAndSaySoOnce() throws IOException {
        log.forwardingTo("soc");

        record(4);

        assertThat(files()).hasSize(5);
        assertThat(log.events("AUDIT_LOG_PRUNED")).isEmpty();
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("more is kept than the limits allow")
                .endsWith("is not delivered by soc");
    }

    @Test
    void shouldRecordLegalHoldsAndKeepEverything() throws IOException {
        record(1);
        LegalHolds.of(directory).place("case-4711", "as \"ordered\"");
        List<String> before = files();
        record(4);
        assertThat(files()).containsAll(before).hasSizeGreaterThan(before.size() + 3);
        JsonNode placed = log.only("AUDIT_LEGAL_HOLD");
        assertThat(placed.get("severity").textValue()).isEqualTo("WARNING");
        assertThat(placed.get("details"))
                .hasToString("{\"hold\":\"case-4711\",\"action\":\"placed\",\"reason\":\"as \\\"ordered\\\"\"}");

        LegalHolds.of(directory).release("case-4711");
        record(1);

        assertThat(files()).hasSize(2);
        List<JsonNode> holds = log.events("AUDIT_LEGAL_HOLD"); // the file of the first may be there yet
        assertThat(holds.get(holds.size() - 1).get("details"))
                .hasToString("{\"hold\":\"case-4711\",\"action\":\"released\"}");
    }

    @Test
    void shouldShowWhatItKeeps() {
        record(1);
        LegalHolds.of(directory).place("case-4711", "");

        try (AuditSink sink = log.open()) {
            while (AuditTrails.statistics()
                    .get(0)
                    .log()
                    .retention()
                    .legalHolds()
                    .isEmpty()) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            sink.accept(FakeCall.of("x"));
            assertThat(AuditTrails.statistics().get(0).log().retention().legalHolds())
                    .containsExactly("case-4711");
        }
    }

    @Test
    void shouldEndWithTheEventThatSaysSo() {
        record(10);

        assertThat(log.types()).endsWith("AUDIT_LOG_STOPPED");
    }

    @Test
    void shouldTellOfCursorsThatNobodyNames() {
        record(1);
        try (LogReader reader = LogReader.fromOldest(directory)) {
            reader.read(1, 1);
            for (String name : List.of("old", "soc", "es")) {
                Cursors.of(directory).write(name, reader.position().orElseThrow());
            }
        }
        log.forwardingTo("soc").with("externalForwarders", "es");

        record(1);

        assertThat(log.warnings())
                .filteredOn(warning -> warning.contains("cursors"))
                .singleElement()
                .asString()
                .contains("names the cursors old in " + directory)
                .endsWith("rm .affidavit/cursors/NAME.cursor");
        Cursors.of(directory).remove("old");
        log.status.warnings.clear();
        record(1);
        assertThat(log.warnings()).noneMatch(warning -> warning.contains("cursors"));
    }

    @Test
    void shouldRecordAChangeOfItsLimits() {
        try (AuditSink before = log.open()) {
            assertThat(before.problems()).isEmpty();
            log.with("maxAge", "1d").with("unshipped", "drop").open().close();

            assertThat(log.only("AUDIT_CONFIG_CHANGED").at("/details/changes"))
                    .hasToString("{\"maxAge\":\"86400000ms\",\"unshipped\":\"drop\"}");
        }
    }
}
