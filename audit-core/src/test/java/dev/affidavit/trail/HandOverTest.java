package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.spi.FakeCall;
import dev.affidavit.statistics.AuditTrails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several sinks on one directory: a reconfiguration, or two appenders. */
final class HandOverTest {
    @TempDir
    Path directory;

    @Test
    void shouldHandTheLogOver() {
        TestLog log = new TestLog(directory).with("service", "old");
        AuditSink first = log.open();
        first.accept(FakeCall.of("1"));

        AuditSink second = log.with("service", "new").with("bufferSize", "7").open();
        second.accept(FakeCall.of("2"));
        first.accept(FakeCall.of("3"));
        first.close();
        second.accept(FakeCall.of("4"));
        assertThat(AuditTrails.statistics()).hasSize(1);
        second.close();

        assertThat(log.types())
                .containsExactly(
                        "AUDIT_LOG_STARTED",
                        "UNSPECIFIED",
                        "AUDIT_CONFIG_CHANGED",
                        "UNSPECIFIED",
                        "UNSPECIFIED",
                        "UNSPECIFIED",
                        "AUDIT_LOG_STOPPED");
        JsonNode changed = log.only("AUDIT_CONFIG_CHANGED");
        assertThat(changed.at("/details/changes")).hasToString("{\"bufferSize\":\"7\",\"service\":\"new\"}");
        assertThat(log.events("UNSPECIFIED"))
                .extracting(event -> event.get("service").textValue())
                .containsExactly("old", "new", "new", "new");
        assertThat(AuditTrails.statistics()).isEmpty();
    }

    @Test
    void shouldNotSayThatNothingChanged() {
        TestLog log = new TestLog(directory);
        AuditSink first = log.open();

        log.open().close();

        first.close();
        assertThat(log.types()).containsExactly("AUDIT_LOG_STARTED", "AUDIT_LOG_STOPPED");
    }

    @Test
    void shouldKnowADirectoryUnderAnotherName() throws IOException {
        Path link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("log")));
        AuditSink first = new TestLog(directory.resolve("log")).open();

        AuditSink second = new TestLog(link.resolve("..").resolve("link")).open();

        assertThat(second.problems()).isEmpty();
        second.close();
        first.close();
    }

    @Test
    void shouldKeepLogsApart() {
        TestLog a = new TestLog(directory.resolve("a"));
        TestLog b = new TestLog(directory.resolve("b"));
        try (AuditSink toA = a.open();
                AuditSink toB = b.open()) {
            toA.accept(FakeCall.of("to a"));
            toB.accept(FakeCall.of("to b"));
            assertThat(AuditTrails.statistics()).hasSize(2);
        }

        assertThat(a.only("UNSPECIFIED").get("description").textValue()).isEqualTo("to a");
        assertThat(b.only("UNSPECIFIED").get("description").textValue()).isEqualTo("to b");
    }

    @Test
    void shouldRecordFromManyThreadsThroughReconfigurations() throws InterruptedException {
        TestLog log = new TestLog(directory);
        AuditSink first = log.open();
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> {
                    for (int i = 0; i < 500; i++) {
                        first.accept(FakeCall.of(number + "." + i));
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (int i = 1; i <= 10; i++) {
            log.with("bufferSize", Integer.toString(i)).open().close();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        first.close();

        assertThat(log.events("UNSPECIFIED")).hasSize(2000);
        assertThat(log.events("AUDIT_CONFIG_CHANGED")).hasSize(10);
        assertThat(log.events())
                .extracting(event -> event.get("id").textValue())
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
