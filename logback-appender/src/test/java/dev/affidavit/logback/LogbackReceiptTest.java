package dev.affidavit.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.LoggerContext;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.testkit.appender.LogFile;
import dev.affidavit.testkit.appender.Outcomes;
import dev.affidavit.testkit.appender.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An AuditLogger call whose event does not arrive says what in the configuration kept it. */
final class LogbackReceiptTest {
    private static final String ONLY_ERRORS =
            "<filter class=\"ch.qos.logback.classic.filter.ThresholdFilter\"><level>ERROR</level></filter>";

    @TempDir
    private Path directory;

    @AfterEach
    void unconfigure() {
        new LogbackUnderTest().unconfigure();
    }

    static Stream<Arguments> obstacles() {
        String ref = "<appender-ref ref=\"audit\"/>";
        String root = "<root level=\"all\">" + ref + "</root>";
        String turbo = "<turboFilter class=\"ch.qos.logback.classic.turbo.MarkerFilter\"><name>mute</name>"
                + "<marker>AUDIT</marker><onMatch>DENY</onMatch></turboFilter>";
        return Stream.of(
                obstacle(
                        "",
                        "<root level=\"warn\">" + ref + "</root>",
                        "level WARN of logger 'ROOT' does not let INFO events of logger 'security' pass;"
                                + " give it a <logger name=\"security\" level=\"all\">"),
                obstacle(
                        "",
                        "<logger name=\"security\" level=\"off\"/>" + root,
                        "level OFF of logger 'security' does not let INFO events of logger 'security' pass"),
                obstacle("", turbo + root, "turbo filter 'mute' (ch.qos.logback.classic.turbo.MarkerFilter) denies it"),
                obstacle(
                        ONLY_ERRORS,
                        root,
                        "filter ch.qos.logback.classic.filter.ThresholdFilter of appender 'audit' denies it"),
                obstacle(
                        "",
                        "<root level=\"all\"/>",
                        "no dev.affidavit.logback.AuditAppender is attached to any logger"),
                obstacle(
                        "",
                        "<logger name=\"other\">" + ref + "</logger><root level=\"all\"/>",
                        "audit appender 'audit' is attached to logger 'other' only",
                        "add <appender-ref ref=\"audit\"/> to <logger name=\"security\">"),
                obstacle(
                        "",
                        "<logger name=\"security\" additivity=\"false\"/>" + root,
                        "audit appender 'audit' is attached to logger 'ROOT' only, and events of logger 'security'"));
    }

    private static Arguments obstacle(String inAppender, String loggers, String... causes) {
        return arguments(inAppender, loggers, List.of(causes));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void shouldNameWhatKeepsAnEventFromTheAppender(String inAppender, String loggers, List<String> causes) {
        LogbackUnderTest.configure("<configuration>%s%s</configuration>"
                .formatted(
                        LogbackUnderTest.appender(
                                Setup.in(directory.resolve("log")).withMarkup(inAppender)),
                        loggers));

        assertThat(failure()).contains(causes);
    }

    @Test
    void shouldSayThatLogbackWasStopped() {
        LogFile log = new LogFile(directory.resolve("log"));
        new LogbackUnderTest().configure(Setup.in(log.directory()));
        assertThat(failure()).isEmpty();
        LoggerContext context = LogbackUnderTest.context();
        context.stop();

        try {
            assertThat(Outcomes.messageOf(
                            () -> AuditLogger.get("security").record(EventType.AUTH_SUCCESS, event -> {})))
                    .contains("Logback was shut down");
            assertThat(log.own("AUDIT_LOG_STOPPED")).hasSize(1);
        } finally {
            context.start();
        }
    }

    @Test
    void shouldLetAFilterOfItsOwnDecide() {
        LogFile log = new LogFile(directory.resolve("log"));
        new LogbackUnderTest().configure(Setup.in(log.directory()).withMarkup(ONLY_ERRORS));

        assertThat(failure()).contains("denies it");
        AuditLogger.get("security").record(EventType.SESSION_HIJACK, event -> {});
        assertThat(log.events()).hasSize(1);
    }

    private static String failure() {
        return Outcomes.messageOf(() -> AuditLogger.get("security")
                .withReceiptTimeout(Duration.ofMillis(30))
                .record(EventType.AUTH_SUCCESS, event -> {}));
    }
}
