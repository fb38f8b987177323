package dev.affidavit.logback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.appender.Load;
import dev.affidavit.testkit.appender.LogFile;
import dev.affidavit.testkit.appender.Outcomes;
import dev.affidavit.testkit.appender.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A queue between the call and the appender. */
@Timeout(600)
final class LogbackAsyncTest {
    private static final AuditLogger PATIENT = AuditLogger.get("security").withReceiptTimeout(Duration.ofMinutes(2));

    @TempDir
    private Path directory;

    @AfterEach
    void unconfigure() {
        MDC.clear();
        new LogbackUnderTest().unconfigure();
    }

    private LogFile configure(Setup setup, String inQueue) {
        LogbackUnderTest.configure("""
                <configuration>
                  %s
                  <appender name="queue" class="ch.qos.logback.classic.AsyncAppender">
                    <queueSize>16</queueSize>%s<appender-ref ref="audit"/>
                  </appender>
                  <root level="all"><appender-ref ref="queue"/></root>
                </configuration>""".formatted(LogbackUnderTest.appender(setup), inQueue));
        return new LogFile(directory.resolve("log"));
    }

    private Setup setup() {
        return Setup.in(directory.resolve("log"));
    }

    @Test
    void shouldRecordEachCallExactlyOnceThoughTheQueueDiscards() {
        LogFile log = configure(setup(), "");

        try (Load load = Load.run(PATIENT, 4, 200)) {
            assertThat(load.failures()).isEmpty();
            load.requireExactlyOnce(log);
        }
        assertThat(AuditTrails.statistics().get(0).asyncStage()).isTrue();
    }

    @Test
    void shouldNeitherKillTheWorkerNorBlockCallersIfItRefuses() {
        configure(setup().with("maxFiles", "1"), "<discardingThreshold>0</discardingThreshold>");

        for (int i = 0; i < 1000; i++) {
            LoggerFactory.getLogger("app").info(AuditMarkers.audit(), "by a plain logger");
        }

        // The worker is alive: it answers.
        assertThat(Outcomes.messageOf(() -> PATIENT.record(EventType.AUTH_SUCCESS, event -> {})))
                .contains("audit appender 'audit' refuses: maxFiles");
    }

    @Test
    void shouldKeepTheFieldsOfPlainLoggers() {
        LogFile log = configure(setup(), "");
        MDC.put("username", "alice");

        LoggerFactory.getLogger("app")
                .atWarn()
                .addMarker(AuditMarkers.of(EventType.AUTH_FAILURE))
                .addKeyValue("port", 5432)
                .log("attempt {} of {}", 1, 3);

        Deadline.await(
                "the event arrives", Duration.ofSeconds(60), () -> log.events().size() == 1);
        assertThat(log.event().get("event_type").textValue()).isEqualTo("AUTH_FAILURE");
        assertThat(log.event().get("username").textValue()).isEqualTo("alice");
        assertThat(log.event().get("port").intValue()).isEqualTo(5432);
        assertThat(log.event().get("description").textValue()).isEqualTo("attempt 1 of 3");
    }

    @Test
    void shouldNameAQueueThatMayHoldTheEvent() {
        configure(
                setup(), "<filter class=\"ch.qos.logback.classic.filter.ThresholdFilter\"><level>OFF</level></filter>");

        assertThat(Outcomes.messageOf(() -> AuditLogger.get("security")
                        .withReceiptTimeout(Duration.ofMillis(30))
                        .record(EventType.AUTH_SUCCESS, event -> {})))
                .contains(
                        "of appender 'queue' denies it",
                        "'queue' (ch.qos.logback.classic.AsyncAppender) is in between");
    }

    @Test
    void shouldKnowACallersThreadThatHasNoName() throws InterruptedException {
        new LogbackUnderTest().configure(setup().with("maxFiles", "1"));
        AtomicReference<String> failure = new AtomicReference<>("");

        Thread nameless = new Thread(
                () -> failure.set(Outcomes.messageOf(
                        () -> LoggerFactory.getLogger("app").info(AuditMarkers.audit(), "by a plain logger"))),
                "");
        nameless.start();
        nameless.join();

        assertThat(failure.get()).contains("audit appender 'audit' refuses");
    }
}
