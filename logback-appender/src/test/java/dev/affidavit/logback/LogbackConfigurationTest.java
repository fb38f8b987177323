package dev.affidavit.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.LoggerContext;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.testkit.appender.LogFile;
import dev.affidavit.testkit.appender.Outcomes;
import dev.affidavit.testkit.appender.Setup;
import dev.affidavit.testkit.appender.StubEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What only a Logback configuration can say, or get wrong. */
final class LogbackConfigurationTest {
    @TempDir
    private Path directory;

    @AfterEach
    void unconfigure() {
        new LogbackUnderTest().unconfigure();
    }

    private Setup setup() {
        return Setup.in(directory.resolve("log"));
    }

    @Test
    void shouldReadOptionsInWhateverFormTheyAreGiven() {
        new LogbackUnderTest()
                .configure(setup().with("maxFiles", "7")
                        .withMarkup("<auditForwarder><to>stub</to><name>soc</name>"
                                + "<option><name>host</name><value>siem.example.com</value></option></auditForwarder>"
                                + "<AuditForwarder><to>stub</to><name>two</name><host>h</host></AuditForwarder>"));

        assertThat(failure()).isEmpty();
        assertThat(AuditTrails.statistics().get(0).config().log().retention().maxSegments())
                .isEqualTo(7);
        assertThat(StubEngine.running()).containsExactlyInAnyOrder("soc", "two");
    }

    static Stream<Arguments> strayElements() {
        return Stream.of(
                arguments("<encoder><pattern>%m</pattern></encoder>", "encoder: unknown option; "),
                arguments("<layout class=\"ch.qos.logback.classic.PatternLayout\"/>", "layout: unknown option; "),
                arguments("<Retentoin><Inner/></Retentoin>", "Retentoin: unknown option; "),
                arguments("<flushIntervall>5s</flushIntervall>", "flushIntervall: unknown option; did you mean"),
                arguments("<filter class=\"no.such.Filter\"/>", "Logback: Could not create component [filter]"),
                arguments("<ignoreExceptions>true</ignoreExceptions>", "ignoreExceptions: "),
                arguments(
                        "<auditForwarder><to>stub</to><host>h</host><colour>u</colour></auditForwarder>",
                        "AuditForwarder[stub].colour: unknown element; an option that has none of its own is written"
                                + " <option><name>colour</name><value>…</value></option>"),
                arguments(
                        "<auditForwarder><to>stub</to><host>h</host><option><nam>url</nam></option></auditForwarder>",
                        "AuditForwarder[stub]."),
                arguments(
                        "<auditListener><provider>stub</provider><mood>grim</mood></auditListener>",
                        "AuditListener[stub].mood: unknown element; an option that has none of its own is written <option>"),
                arguments("<auditForwarder class=\"no.such.Class\"/>", "Logback: Could not create component"));
    }

    @ParameterizedTest
    @MethodSource("strayElements")
    void shouldRefuseElementsThatDoNotBelongThere(String element, String message) {
        new LogbackUnderTest().configure(setup().withMarkup(element));

        assertThat(failure()).contains("audit appender 'audit' refuses: ").contains(message);
    }

    @Test
    void shouldNotTakeFaultsOfAnEarlierConfigurationOrOfOthersForItsOwn() {
        new LogbackUnderTest().configure(setup().with("colour", "red"));
        assertThat(failure()).contains("colour");
        LogbackUnderTest.configure("""
                <configuration>
                  <appender name="bad" class="dev.affidavit.logback.AuditAppender"><shape>round</shape></appender>
                  %s
                  <root level="all"><appender-ref ref="bad"/><appender-ref ref="audit"/></root>
                </configuration>""".formatted(LogbackUnderTest.appender(setup())));

        assertThat(failure()).contains("shape: unknown option").doesNotContain("colour");
        assertThat(AuditTrails.statistics()).hasSize(1);
    }

    @Test
    void shouldSayThatAnAppenderWithoutANameIsNotThere() {
        LogbackUnderTest.configure("""
                <configuration>
                  <appender class="dev.affidavit.logback.AuditAppender"><directory>%s</directory></appender>
                  <root level="all"><appender-ref ref="audit"/></root>
                </configuration>""".formatted(directory.resolve("log")));

        assertThat(failure()).contains("no dev.affidavit.logback.AuditAppender is attached to any logger");
    }

    @Test
    void shouldCloseAndOpenTheLogOnEachReload() {
        for (int i = 0; i < 5; i++) {
            new LogbackUnderTest().configure(setup());
        }

        assertThat(AuditTrails.statistics()).hasSize(1);
        assertThat(new LogFile(directory.resolve("log")).own("AUDIT_LOG_STOPPED"))
                .hasSize(4);
    }

    @Test
    void shouldWorkWithoutAConfigurationFile() {
        LoggerContext context = LogbackUnderTest.context();
        context.reset();
        AuditAppender appender = new AuditAppender();
        appender.setContext(context);
        appender.setName("audit");
        appender.setDirectory(directory.resolve("log").toString());
        appender.start();
        context.getLogger("security").addAppender(appender);

        assertThat(failure()).isEmpty();
    }

    @Test
    void shouldNotLetEventsGoThatComeBeforeItsStart() {
        LoggerContext context = LogbackUnderTest.context();
        context.reset();
        AuditAppender appender = new AuditAppender();
        appender.setContext(context);
        appender.setName("audit");
        context.getLogger("security").addAppender(appender);

        assertThat(failure()).contains("audit appender 'audit' was never started");
    }

    @Test
    void shouldSubstituteBeforeItReads() {
        new LogbackUnderTest().configure(setup().with("maxFiles", "${files:-8}").with("service", "${none:-payments}"));

        assertThat(AuditTrails.statistics().get(0).config().service()).isEqualTo("payments");
        assertThat(AuditTrails.statistics().get(0).config().log().retention().maxSegments())
                .isEqualTo(8);
    }

    private static String failure() {
        return Outcomes.messageOf(() -> AuditLogger.get("security")
                .withReceiptTimeout(Duration.ofMillis(30))
                .record(EventType.AUTH_SUCCESS, event -> {}));
    }
}
