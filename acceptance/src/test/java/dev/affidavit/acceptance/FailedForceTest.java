package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application sees when the device refuses one force, and takes the next. */
@RequiresProgram("strace")
final class FailedForceTest {
    @TempDir
    Path directory;

    @Test
    void shouldRefuseEventsAfterARefusedForceUntilReconfigured() throws IOException {
        Path configuration = directory.resolve("log4j2.xml");
        Files.writeString(configuration, """
                <Configuration status="off">
                  <Appenders><Audit name="audit" directory="%s" flushInterval="1h"/></Appenders>
                  <Loggers><Root level="all"><AppenderRef ref="audit"/></Root></Loggers>
                </Configuration>
                """.formatted(directory.resolve("log")));
        Path output = directory.resolve("output");

        try (ChildJvm child = ChildJvm.of(RefusedForceApplication.class)
                // of each forcing thread the first is that of AUDIT_LOG_STARTED, the second that of a CRITICAL event
                .under(
                        "strace",
                        "-f",
                        "-qq",
                        "-o",
                        directory.resolve("trace").toString(),
                        "-e",
                        "trace=fdatasync",
                        "-e",
                        "inject=fdatasync:error=EIO:when=2")
                .option("-Dlog4j2.configurationFile=" + configuration.toUri())
                .without("logback", "affidavit-logback")
                .start(output, output)) {
            child.awaitExit(Duration.ofSeconds(60));
        }

        List<String> said = Files.readAllLines(output);
        assertThat(said).hasSize(3);
        assertThat(said.get(0)).startsWith("first: ").contains("not forced to the device");
        assertThat(said.get(1)).startsWith("second: ").contains("takes no more lines");
        assertThat(said.get(2)).isEqualTo("after reconfiguration: recorded");
    }
}
