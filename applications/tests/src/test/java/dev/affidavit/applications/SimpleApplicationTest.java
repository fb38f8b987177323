package dev.affidavit.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.appender.LogFile;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications without Spring: packaged into one jar, and over log4j-api without a provider of SLF4J. */
final class SimpleApplicationTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"shaded-logback,fat.jar", "shaded-log4j2,fat.jar", "log4j-only,application.jar"})
    void shouldRecordAndForward(String application, String jar) {
        LogFile log = new LogFile(directory.resolve("log"));
        try (SyslogReceiver siem = SyslogReceiver.start()) {
            Outcome outcome = Outcome.of(
                    process(application, jar, log, siem.port()),
                    directory,
                    () -> siem.await(log.lines().size(), SOON));

            outcome.requireRecorded(log, 1);
            assertThat(outcome.returned()).contains("start", "end");
            assertThat(siem.violations()).isEmpty();
        }
    }

    /** Without the descriptor of its own plugins Log4j does not even read its configuration. */
    @Test
    void shouldNotBeSilentIfPluginDescriptorsAreNotMerged() {
        LogFile log = new LogFile(directory.resolve("log"));

        Outcome outcome = Outcome.of(process("shaded-log4j2", "unmerged.jar", log, 601), directory);

        assertThat(outcome.refused()).containsOnlyKeys("start", "lambda", "builder", "context", "end", "shutdown hook");
        assertThat(outcome.refused().get("lambda")).contains("built-in configuration", "Log4j2Plugins.dat");
        assertThat(log.directory()).doesNotExist();
    }

    private static ChildJvm.Builder process(String application, String jar, LogFile log, int siemPort) {
        return ChildJvm.ofJar(Built.jar(application, jar))
                .option("-Daudit.directory=" + log.directory())
                .option("-Daudit.siem.port=" + siemPort);
    }
}
