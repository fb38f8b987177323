package dev.affidavit.forward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged agent; runs once that is built. */
@Tag("packaged")
@Timeout(900)
final class RunnableJarTest {
    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("affidavit.agent.jar")));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void shouldDeliverWithNothingButItself() {
        try (SampleLog log = SampleLog.in(directory.resolve("log"))) {
            log.appendEvents(0, 100);
        }
        try (SyslogReceiver receiver = SyslogReceiver.start();
                AgentProcess agent = AgentProcess.start(
                        ChildJvm.ofJar(JAR), AgentProcess.configure(directory, receiver.port(), ""), "--once")) {
            assertThat(agent.awaitExit()).as(agent::said).isZero();

            assertThat(receiver.await(100, Duration.ofSeconds(60))).hasSize(100);
            assertThat(receiver.violations()).isEmpty();
        }
    }

    @Test
    void shouldTakeDestinationsOfOthersFromTheClassPath() {
        Path others = Path.of("target", "test-classes");
        Path configuration = AgentProcess.configure(directory, 601, "");

        try (AgentProcess agent =
                AgentProcess.start(ChildJvm.of(ForwardMain.class.getName(), JAR, others), configuration, "--check")) {
            assertThat(agent.awaitExit()).as(agent::said).isZero();
            assertThat(agent.said()).contains(configuration + ": good: soc to syslog on 127.0.0.1 port 601 (tcp)");
        }
    }
}
