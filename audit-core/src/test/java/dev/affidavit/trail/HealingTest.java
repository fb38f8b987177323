package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.spi.FakeBackend;
import dev.affidavit.spi.FakeCall;
import dev.affidavit.statistics.AuditTrails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that cannot be used when the sink is opened, and can be later: a file is in its place. */
final class HealingTest {
    @TempDir
    Path parent;

    private Path directory;
    private TestLog log;

    @BeforeEach
    void takeThePlace() throws IOException {
        directory = Files.writeString(parent.toRealPath().resolve("log"), "a file");
        log = new TestLog(directory).with("name", "healing");
    }

    @AfterEach
    void reset() {
        FakeBackend.reset();
    }

    private void passTime() {
        log.nanoTime.addAndGet(Lease.BETWEEN_ATTEMPTS.toNanos());
    }

    private static void fail(AuditSink sink) {
        assertThatThrownBy(() -> sink.accept(FakeCall.of("x")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("directory: ");
    }

    @Test
    void shouldRecordAsSoonAsTheDirectoryCanBeUsed() throws IOException {
        try (AuditSink sink = log.open()) {
            fail(sink);
            passTime();
            fail(sink);

            Files.delete(directory);
            fail(sink); // not yet tried again
            passTime();
            sink.accept(FakeCall.of("x"));
            assertThat(sink.problems()).isEmpty();
        }

        assertThat(log.types()).containsExactly("AUDIT_LOG_STARTED", "UNSPECIFIED", "AUDIT_LOG_STOPPED");
        assertThat(log.status.errors)
                .as("once as the sink opens, once as events fail")
                .hasSize(2);
        assertThat(log.status.infos).containsExactly("audit appender 'healing' records: its directory can be used now");
    }

    @Test
    void shouldSayWhatWasLostMeanwhile() throws IOException {
        try (AuditSink sink = log.with("onFailure", "continue").open()) {
            sink.accept(FakeCall.of("lost"));
            sink.accept(FakeCall.of("lost too").onAnotherThread());
            Files.delete(directory);
            passTime();
            sink.accept(FakeCall.of("x"));
        }

        assertThat(log.types())
                .containsExactly("AUDIT_LOG_STARTED", "AUDIT_EVENTS_LOST", "UNSPECIFIED", "AUDIT_LOG_STOPPED");
        assertThat(log.only("AUDIT_EVENTS_LOST").at("/details/count").intValue())
                .isEqualTo(2);
        assertThat(log.only("AUDIT_LOG_STOPPED").at("/details/lost").intValue()).isEqualTo(2);
    }

    @Test
    void shouldTakeOverFromAnotherApplicationThatEnds() throws IOException {
        Files.delete(directory);
        System.setProperty("dev.affidavit.writer:" + directory, "another class loader");
        try (AuditSink sink = log.open()) {
            fail(sink);
            System.clearProperty("dev.affidavit.writer:" + directory);
            passTime();
            sink.accept(FakeCall.of("x"));
        } finally {
            System.clearProperty("dev.affidavit.writer:" + directory);
        }
        assertThat(log.events("UNSPECIFIED")).hasSize(1);
    }

    @Test
    void shouldNotUndoANewerConfiguration() throws IOException {
        AuditSink old = log.with("service", "old").open();
        Files.delete(directory);
        AuditSink next = log.with("service", "new").open();
        passTime();

        old.accept(FakeCall.of("x"));
        old.close();
        next.accept(FakeCall.of("x"));
        next.close();

        assertThat(log.types()).containsExactly("AUDIT_LOG_STARTED", "UNSPECIFIED", "UNSPECIFIED", "AUDIT_LOG_STOPPED");
        assertThat(log.events("UNSPECIFIED"))
                .allSatisfy(
                        event -> assertThat(event.get("service").textValue()).isEqualTo("new"));
    }

    @Test
    void shouldStayClosed() throws IOException {
        AuditSink sink = log.open();
        sink.close();
        Files.delete(directory);
        passTime();

        fail(sink);
        assertThat(directory).doesNotExist();
    }

    @Test
    void shouldNotHealABadConfiguration() throws IOException {
        Files.delete(directory);
        try (AuditSink sink = log.with("maxFiles", "0").open()) {
            passTime();
            assertThatThrownBy(() -> sink.accept(FakeCall.of("x"))).hasMessageContaining("maxFiles");
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void shouldStartForwardersOnceItRecords() throws IOException {
        try (AuditSink sink = log.forwardingTo("soc").open()) {
            sink.installed();
            Files.delete(directory);
            passTime();
            sink.accept(FakeCall.of("x"));
            assertThat(AuditTrails.statistics().get(0).forwarders()).hasSize(1);
        }
    }

    @Test
    void shouldRecordOnceWhatAQueueDeliversBeforeAndAfter() throws IOException {
        Path link = Files.createSymbolicLink(parent.resolve("link"), parent.toRealPath());
        log = new TestLog(link.resolve("log")).with("name", "healing");
        try (AuditSink sink = log.open()) {
            FakeBackend.appender(event -> {
                sink.accept(FakeCall.of(event).onAnotherThread());
                delete();
                passTime();
                sink.accept(FakeCall.of(event).onAnotherThread());
            });

            assertThatThrownBy(() -> AuditLogger.get("security")
                            .withReceiptTimeout(Duration.ZERO)
                            .event(EventType.AUTH_FAILURE)
                            .log())
                    .hasMessageContaining("directory: ");
            sink.accept(FakeCall.of("x"));
        }

        assertThat(log.types()).containsExactly("AUDIT_LOG_STARTED", "UNSPECIFIED", "AUDIT_LOG_STOPPED");
    }

    @Test
    void shouldHealUnderManyThreads() throws Exception {
        try (AuditSink sink = log.with("onFailure", "continue").open()) {
            List<Thread> threads = IntStream.range(0, 4)
                    .mapToObj(number -> new Thread(() -> {
                        for (int i = 0; i < 200; i++) {
                            if (number == 0 && i == 100) {
                                delete();
                            }
                            passTime();
                            sink.accept(FakeCall.of("x"));
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            passTime(); // another's attempt may have come too early, and a moment ago
            sink.accept(FakeCall.of("the last"));
        }

        int lost = log.events("AUDIT_EVENTS_LOST").stream()
                .mapToInt(event -> event.at("/details/count").intValue())
                .sum();
        assertThat(log.events("AUDIT_LOG_STARTED")).hasSize(1);
        assertThat(lost).isGreaterThanOrEqualTo(100);
        assertThat(log.events("UNSPECIFIED")).hasSize(801 - lost);
    }

    private void delete() {
        try {
            Files.delete(directory);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
