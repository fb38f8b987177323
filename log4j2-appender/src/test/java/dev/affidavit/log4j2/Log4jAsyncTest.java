package dev.affidavit.log4j2;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Queues between the call and the appender. */
@Timeout(600)
final class Log4jAsyncTest {
    private static final AuditLogger PATIENT = AuditLogger.get("security").withReceiptTimeout(Duration.ofMinutes(2));
    private static final String ASYNC_APPENDER = "<Root level=\"all\"><AppenderRef ref=\"queue\"/></Root>";
    private static final String ASYNC_LOGGER = "<AsyncRoot level=\"all\"><AppenderRef ref=\"audit\"/></AsyncRoot>";

    @TempDir
    private Path directory;

    @AfterEach
    void unconfigure() {
        new Log4jUnderTest().unconfigure();
    }

    private LogFile configure(String loggers, Setup setup) {
        Log4jUnderTest.configure("""
                <Configuration status="OFF">
                  <Appenders>%s<Async name="queue" bufferSize="16"><AppenderRef ref="audit"/></Async></Appenders>
                  <Loggers>%s</Loggers>
                </Configuration>""".formatted(Log4jUnderTest.appender(setup), loggers));
        return new LogFile(directory.resolve("log"));
    }

    private Setup setup() {
        return Setup.in(directory.resolve("log"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ASYNC_APPENDER, ASYNC_LOGGER})
    void shouldRecordEachCallExactlyOnce(String loggers) {
        LogFile log = configure(loggers, setup());

        try (Load load = Load.run(PATIENT, 4, 200)) {
            assertThat(load.failures()).isEmpty();
            load.requireExactlyOnce(log);
        }
        assertThat(AuditTrails.statistics().get(0).asyncStage()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {ASYNC_APPENDER, ASYNC_LOGGER})
    void shouldNeitherKillTheWorkerNorBlockCallersIfItRefuses(String loggers) {
        configure(loggers, setup().with("maxFiles", "1"));

        for (int i = 0; i < 1000; i++) {
            LoggerFactory.getLogger("app").info(AuditMarkers.audit(), "by a plain logger");
        }

        // The worker is alive: it answers.
        assertThat(Outcomes.messageOf(() -> PATIENT.record(EventType.AUTH_SUCCESS, event -> {})))
                .contains("audit appender 'audit' refuses: maxFiles");
    }

    @ParameterizedTest
    @ValueSource(strings = {ASYNC_APPENDER, ASYNC_LOGGER})
    void shouldKeepTheFieldsOfPlainLoggers(String loggers) {
        LogFile log = configure(loggers, setup());

        LoggerFactory.getLogger("app")
                .atWarn()
                .addMarker(AuditMarkers.of(EventType.AUTH_FAILURE))
                .addKeyValue("username", "bob")
                .addKeyValue("success", "true")
                .log("attempt {} of {}", 1, 3);

        Deadline.await(
                "the event arrives", Duration.ofSeconds(60), () -> log.events().size() == 1);
        assertThat(log.event().get("event_type").textValue()).isEqualTo("AUTH_FAILURE");
        assertThat(log.event().get("username").textValue()).isEqualTo("bob");
        assertThat(log.event().get("success").booleanValue()).isTrue();
        assertThat(log.event().get("description").textValue()).isEqualTo("attempt 1 of 3");
    }

    @Test
    void shouldNameAQueueThatMayHoldTheEvent() {
        Log4jUnderTest.configure("""
                <Configuration status="OFF">
                  <Appenders>%s
                    <Async name="queue"><AppenderRef ref="audit"/>
                      <ThresholdFilter level="off" onMatch="ACCEPT" onMismatch="DENY"/>
                    </Async>
                  </Appenders>
                  <Loggers><Root level="all"><AppenderRef ref="queue"/></Root></Loggers>
                </Configuration>""".formatted(Log4jUnderTest.appender(setup())));

        assertThat(Outcomes.messageOf(() -> AuditLogger.get("security")
                        .withReceiptTimeout(Duration.ofMillis(30))
                        .record(EventType.AUTH_SUCCESS, event -> {})))
                .contains("of <Async name=\"queue\"> denies it", "<Async name=\"queue\"> is in between");
    }
}
