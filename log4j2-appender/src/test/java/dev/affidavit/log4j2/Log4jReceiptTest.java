package dev.affidavit.log4j2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.testkit.appender.LogFile;
import dev.affidavit.testkit.appender.Outcomes;
import dev.affidavit.testkit.appender.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An AuditLogger call whose event does not arrive says what in the configuration kept it. */
final class Log4jReceiptTest {
    private static final String DENY_ALL = "<ThresholdFilter level=\"off\" onMatch=\"ACCEPT\" onMismatch=\"DENY\"/>";

    @TempDir
    private Path directory;

    @AfterEach
    void unconfigure() {
        new Log4jUnderTest().unconfigure();
    }

    static Stream<Arguments> obstacles() {
        String ref = "<AppenderRef ref=\"audit\"/>";
        String root = "<Root level=\"all\">" + ref + "</Root>";
        String refused = "no AppenderRef leads from logger 'security' to audit appender 'audit'; add " + ref + " to ";
        return Stream.of(
                obstacle(
                        "",
                        "",
                        "<Root level=\"warn\">" + ref + "</Root>",
                        "level WARN of <Root> does not let INFO events of logger 'security' pass"),
                obstacle(
                        "",
                        "",
                        "<Logger name=\"security\" level=\"off\"/>" + root,
                        "level OFF of <Logger name=\"security\"> does not let INFO events of logger 'security' pass"),
                obstacle(DENY_ALL, "", root, "filter ThresholdFilter", "of configuration", "denies it"),
                obstacle(
                        "",
                        "",
                        "<Root level=\"all\">" + DENY_ALL + ref + "</Root>",
                        "filter Thres",
                        "of <Root> denies it"),
                obstacle(
                        "",
                        "",
                        "<Root level=\"all\"><AppenderRef ref=\"audit\">" + DENY_ALL + "</AppenderRef></Root>",
                        "of <AppenderRef ref=\"audit\"> in <Root> denies it"),
                obstacle(
                        "",
                        "",
                        "<Root level=\"all\"><AppenderRef ref=\"audit\" level=\"error\"/></Root>",
                        "level ERROR of <AppenderRef ref=\"audit\"> in <Root> does not let INFO events pass"),
                obstacle("", DENY_ALL, root, "of audit appender 'audit' denies it"),
                obstacle("", "", "<Root level=\"all\"/>", refused + "<Root>"),
                obstacle(
                        "",
                        "",
                        "<Logger name=\"security\" level=\"all\" additivity=\"false\"/>" + root,
                        refused + "<Logger name=\"security\">"));
    }

    private static Arguments obstacle(String beside, String inAppender, String loggers, String... causes) {
        return arguments(beside, inAppender, loggers, List.of(causes));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void shouldNameWhatKeepsAnEventFromTheAppender(
            String beside, String inAppender, String loggers, List<String> causes) {
        Log4jUnderTest.configure("""
                <Configuration status="OFF">%s<Appenders>%s</Appenders><Loggers>%s</Loggers></Configuration>""".formatted(
                beside,
                Log4jUnderTest.appender(Setup.in(directory.resolve("log")).withMarkup(inAppender)),
                loggers));

        assertThat(failure()).contains(causes);
    }

    @Test
    void shouldNameAMissingAppender() {
        Log4jUnderTest.configure(
                "<Configuration status=\"OFF\"><Loggers><Root level=\"all\"/></Loggers></Configuration>");

        assertThat(failure()).contains("no <Audit> appender in configuration", "Log4j2Plugins.dat");
    }

    @Test
    void shouldNameAMissingConfiguration() {
        new Log4jUnderTest().unconfigure();

        assertThat(failure()).contains("Log4j runs on its built-in configuration");
    }

    @Test
    void shouldSayThatLog4jWasShutDownAndNotStartItAgain() {
        LogFile log = new LogFile(directory.resolve("log"));
        new Log4jUnderTest().configure(Setup.in(log.directory()));
        assertThat(failure()).isEmpty();
        LoggerContext context = LoggerContext.getContext(false);
        LogManager.shutdown(context);

        String failure =
                Outcomes.messageOf(() -> AuditLogger.get("security").record(EventType.AUTH_SUCCESS, event -> {}));

        assertThat(failure).contains("Log4j 2 was shut down");
        assertThat(log.events()).hasSize(1);
        assertThat(log.own("AUDIT_LOG_STOPPED")).hasSize(1);

        new Log4jUnderTest().configure(Setup.in(log.directory()));
        assertThat(failure()).isEmpty();
        assertThat(log.events()).hasSize(2);
    }

    @Test
    void shouldLetAFilterOfItsOwnDecide() {
        LogFile log = new LogFile(directory.resolve("log"));
        new Log4jUnderTest()
                .configure(Setup.in(log.directory())
                        .withMarkup("<ThresholdFilter level=\"warn\" onMatch=\"NEUTRAL\" onMismatch=\"DENY\"/>"));

        assertThat(failure()).contains("denies it");
        AuditLogger.get("security").record(EventType.AUTH_FAILURE, event -> {});
        assertThat(log.events()).hasSize(1);
    }

    private static String failure() {
        return Outcomes.messageOf(() -> AuditLogger.get("security")
                .withReceiptTimeout(Duration.ofMillis(30))
                .record(EventType.AUTH_SUCCESS, event -> {}));
    }
}
