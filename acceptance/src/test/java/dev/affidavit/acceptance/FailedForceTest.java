package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application sees when the device refuses a force, and the copy of what that was for; or only the force. */
@RequiresProgram("strace")
final class FailedForceTest {
    @TempDir
    Path directory;

    @Test
    void shouldRefuseEventsUntilReconfiguredWhenTheDeviceRefusesTheCopyToo() throws IOException {
        // of a forcing thread: the first gives the note its name, the second the copy
        List<String> said = recordWhileRefused("-e", "inject=rename:error=EIO:when=2");

        assertThat(said).hasSize(4);
        assertThat(said.get(0)).isEqualTo("first: recorded");
        assertThat(said.get(1)).startsWith("second: ").contains("not forced to the device");
        assertThat(said.get(2)).startsWith("third: ").contains("takes no more lines");
        assertThat(said.get(3)).isEqualTo("after reconfiguration: recorded");
    }

    @Test
    void shouldGoOnWhenTheDeviceRefusesOneForce() throws IOException {
        List<String> said = recordWhileRefused();

        assertThat(said)
                .containsExactly(
                        "first: recorded", "second: recorded", "third: recorded", "after reconfiguration: recorded");
        List<String> lines = LogFiles.content(directory.resolve("log")).lines().toList();
        assertThat(lines).filteredOn(line -> line.contains("SYSTEM_COMPROMISE")).hasSize(3);
        assertThat(lines)
                .filteredOn(line -> line.contains("AUDIT_FORCE_FAILED"))
                .singleElement()
                .asString()
                .contains("\"severity\":\"CRITICAL\"", "\"lines\":1,", "\"cut_off\":true");
    }

    /**
     * The third force of each thread fails: that of the second event, behind those of AUDIT_LOG_STARTED and the first. Not
     * sealed, since keys and seals are forced and renamed too.
     */
    private List<String> recordWhileRefused(String... otherFaults) throws IOException {
        Path configuration = directory.resolve("log4j2.xml");
        Files.writeString(configuration, """
                <Configuration status="off">
                  <Appenders>
                    <Audit name="audit" directory="%s" flushInterval="1h"><AuditSeal enabled="false"/></Audit>
                  </Appenders>
                  <Loggers><Root level="all"><AppenderRef ref="audit"/></Root></Loggers>
                </Configuration>
                """.formatted(directory.resolve("log")));
        Path output = directory.resolve("output");

        List<String> strace = new ArrayList<>(List.of("strace", "-f", "-qq", "-e", "trace=fdatasync,rename"));
        strace.addAll(List.of("-o", directory.resolve("trace").toString()));
        strace.addAll(List.of("-e", "inject=fdatasync:error=EIO:when=3"));
        strace.addAll(List.of(otherFaults));
        try (ChildJvm child = ChildJvm.of(RefusedForceApplication.class)
                .under(strace.toArray(String[]::new))
                .option("-Dlog4j2.configurationFile=" + configuration.toUri())
                .without("logback", "affidavit-logback")
                .start(output, output)) {
            child.awaitExit(Duration.ofMinutes(2));
        }

        return Files.readAllLines(output);
    }
}
