package dev.affidavit.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.appender.LogFile;
import dev.affidavit.testkit.syslog.SyslogMessage;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spring Boot, which takes hold of the framework at its start and configures it in its own way, and perhaps again. */
final class SpringBootTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private LogFile log = new LogFile(Path.of("unused"));

    @BeforeEach
    void place() {
        log = new LogFile(directory.resolve("log"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldRecordAtEveryStageUnderASpringConfiguration(BootApplication application) {
        try (SyslogReceiver siem = SyslogReceiver.start()) {
            ChildJvm.Builder process = application
                    .asPackaged()
                    .argument("--audit.directory=" + log.directory())
                    .argument("--audit.siem.port=" + siem.port())
                    .argument("--spring.profiles.active=siem,exits");

            Outcome outcome = Outcome.of(process, directory, () -> requireDelivery(siem));

            outcome.requireRecorded(log, 1);
            assertThat(outcome.returned()).contains("initializer", "bean destroyed", "after Spring");
            assertThat(outcome.refused().get("before Spring")).containsAnyOf("no dev.affidavit.logback", "built-in");
            assertThat(outcome.refused()).containsKey("starting");
            assertThat(outcome.output())
                    .contains("Jackson " + application.versions("jackson-core").get(0));
            assertThat(siem.violations()).isEmpty();
        }
    }

    /** The file was read with the Jackson of the application, and forwarded as it is. */
    private void requireDelivery(SyslogReceiver siem) {
        List<String> lines = log.lines();
        assertThat(siem.await(lines.size(), SOON))
                .extracting(SyslogMessage::text)
                .containsExactlyElementsOf(lines);
    }

    /** The framework finds its file when the application first logs; Spring Boot reads it again when it starts. */
    @ParameterizedTest
    @EnumSource
    void shouldRecordOnceIfConfiguredTwice(BootApplication application) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("configuration"));
        application.framework().configure(folder, log.directory());

        Outcome outcome = Outcome.of(application.behind(folder), directory);

        // Logback stops every appender before it makes new ones; Log4j hands over.
        outcome.requireRecorded(log, application.framework() == Framework.LOGBACK ? 2 : 1);
        assertThat(outcome.returned()).contains("before Spring", "initializer", "bean destroyed");
        assertThat(outcome.refused().get("starting")).contains(" denies it");
    }

    @ParameterizedTest
    @EnumSource
    void shouldHeedLoggingConfig(BootApplication application) throws IOException {
        Path file = application.framework().configure(directory, log.directory());
        Path notHere = directory.resolve("elsewhere");

        Outcome outcome = Outcome.of(
                application
                        .asPackaged()
                        .argument("--logging.config=" + file.toUri())
                        .argument("--audit.directory=" + notHere),
                directory);

        outcome.requireRecorded(log, 1);
        assertThat(notHere).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotWorkUnauditedUnderABadConfiguration(BootApplication application) throws IOException {
        Path file = application.framework().misconfigure(directory, log.directory());

        Outcome outcome = Outcome.of(application.asPackaged().argument("--logging.config=" + file.toUri()), directory);

        assertThat(outcome.output()).contains("audit appender 'audit' refuses every event: colour: unknown ");
        if (application.framework()
                == Framework.LOGBACK) { // Spring Boot does not start if an appender reports an error
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.returned()).isEmpty();
        } else {
            assertThat(outcome.returned()).containsExactly("no audit");
            assertThat(outcome.refused().get("lambda")).contains("audit appender 'audit' refuses: colour: unknown ");
        }
        assertThat(log.directory()).doesNotExist();
    }
}
