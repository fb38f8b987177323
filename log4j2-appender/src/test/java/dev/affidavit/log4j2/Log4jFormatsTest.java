package dev.affidavit.log4j2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.store.SealOptions;
import dev.affidavit.testkit.appender.LogFile;
import dev.affidavit.testkit.appender.Outcomes;
import dev.affidavit.testkit.appender.StubEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The four formats of a Log4j configuration, and what only a Log4j configuration can get wrong. */
final class Log4jFormatsTest {
    @TempDir
    private Path directory;

    @AfterEach
    void unconfigure() {
        new Log4jUnderTest().unconfigure();
    }

    @ParameterizedTest
    @ValueSource(strings = {"good.xml", "strict.xml", "good.json", "good.yaml", "good.properties"})
    void shouldReadEveryFormat(String file) throws IOException {
        configure(file);

        AuditLogger.get("security").record(EventType.AUTH_SUCCESS, event -> event.username("alice"));

        assertThat(new LogFile(directory.resolve("log")).event().get("username").textValue())
                .isEqualTo("alice");
        assertThat(AuditTrails.statistics().get(0).config().log().retention().maxSegments())
                .isEqualTo(7);
        assertThat(AuditTrails.statistics().get(0).config().service()).isEqualTo("substituted");
        assertThat(StubEngine.running()).containsExactlyInAnyOrder("soc", "second");
        assertThat(AuditTrails.statistics().get(0).config().listeners())
                .singleElement()
                .hasToString("ListenerConfig[name=alerts, listener=Mood[mood=substituted]]");
        assertThat(AuditTrails.statistics().get(0).config().log().seal())
                .isEqualTo(new SealOptions("substituted/audit", Duration.ofMillis(250), Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad.xml", "bad.json", "bad.yaml", "bad.properties"})
    void shouldReportEveryProblemInEveryFormat(String file) throws IOException {
        configure(file);

        assertThat(failure())
                .contains("audit appender 'audit' refuses: ")
                .contains("flushIntervall: unknown option; did you mean flushInterval?")
                .contains("maxFiles: expected a whole number from 2 to 1000000, found 'x'")
                .contains("AuditForwarder[soc].port: expected a whole number from 1 to 65535, found '70000'")
                .contains("AuditListener[alerts].moood: unknown option; did you mean mood?")
                .contains("AuditForwarder[soc].hots: unknown option; did you mean host?")
                .contains("AuditSeal.intervall: unknown option; did you mean interval?")
                .contains("AuditPolicies: not supported by this version");
        assertThat(directory.resolve("log")).doesNotExist();
    }

    static Stream<Arguments> strayElements() {
        return Stream.of(
                arguments("<PatternLayout/>", "PatternLayout: unknown element"),
                arguments("<Property name=\"a\" value=\"b\"/>", "Property: unknown element"),
                arguments("<Retentoin><Inner/></Retentoin>", "Retentoin: unknown "),
                arguments("<ThresholdFilter level=\"warn\"/><ThresholdFilter level=\"all\"/>", "more than one filter"),
                arguments("<RegexFilter regex=\"[\"/>", "RegexFilter: Log4j could not build this filter"),
                arguments(
                        "<AuditForwarder to=\"stub\" host=\"h\"><ThresholdFilter/></AuditForwarder>",
                        "AuditForwarder[stub].ThresholdFilter: unknown element"));
    }

    @ParameterizedTest
    @MethodSource("strayElements")
    void shouldRefuseElementsThatDoNotBelongThere(String element, String message) {
        Log4jUnderTest.configure(xml("name=\"audit\"", element));

        assertThat(failure()).contains("audit appender 'audit' refuses: ").contains(message);
    }

    @Test
    void shouldRefuseToIgnoreExceptionsUnderFailOperation() {
        Log4jUnderTest.configure(xml("name=\"audit\" ignoreExceptions=\"true\"", ""));
        assertThat(failure()).contains("ignoreExceptions: true hides the exception");

        Log4jUnderTest.configure(xml("name=\"audit\" ignoreExceptions=\"true\" onFailure=\"continue\"", ""));
        assertThat(failure()).isEmpty();
    }

    @Test
    void shouldRefuseWithoutAName() {
        Log4jUnderTest.configure(xml("", "").replace("ref=\"audit\"", "ref=\"Audit\""));

        assertThat(failure()).contains("name: expected a value, found none");
    }

    private String xml(String attributes, String elements) {
        return """
                <Configuration status="OFF">
                  <Appenders><Audit %s directory="%s">%s</Audit></Appenders>
                  <Loggers><Root level="all"><AppenderRef ref="audit"/></Root></Loggers>
                </Configuration>""".formatted(attributes, directory.resolve("log"), elements);
    }

    private static String failure() {
        return Outcomes.messageOf(() -> AuditLogger.get("security")
                .withReceiptTimeout(Duration.ofMillis(30))
                .record(EventType.AUTH_SUCCESS, event -> {}));
    }

    private void configure(String resource) throws IOException {
        try (var in = Log4jFormatsTest.class.getResourceAsStream("/formats/" + resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Path file = Files.writeString(
                    directory.resolve(resource),
                    text.replace("DIR", directory.resolve("log").toString()));
            LoggerContext context = LoggerContext.getContext(false);
            Configuration configuration = ConfigurationFactory.getInstance()
                    .getConfiguration(context, ConfigurationSource.fromUri(file.toUri()));
            context.reconfigure(configuration);
        }
    }
}
