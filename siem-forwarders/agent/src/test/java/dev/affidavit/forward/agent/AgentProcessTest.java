package dev.affidavit.forward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent as it is run, and rsyslog. */
@RequiresProgram("rsyslogd")
@Timeout(900)
final class AgentProcessTest {
    private static final Duration SOON = Duration.ofMinutes(3);
    /** It promises 2 s; this machine may be busy. Without the promise it would never end. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private RsyslogServer rsyslog;

    @BeforeEach
    void open() throws IOException {
        rsyslog = RsyslogServer.start(Files.createDirectory(directory.resolve("rsyslog")));
    }

    @AfterEach
    void close() {
        rsyslog.close();
    }

    private void write(int from, int to) {
        try (SampleLog log = SampleLog.in(directory.resolve("log"))) {
            log.appendEvents(from, to);
        }
    }

    private static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(SampleLog::event).toList();
    }

    private static int awaitStop(AgentProcess agent) {
        long begin = System.nanoTime();
        agent.terminate();
        int exitCode = agent.awaitExit();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("the agent ended %d ms after SIGTERM".formatted(took.toMillis()));
        assertThat(took).isLessThan(STOP_LIMIT);
        return exitCode;
    }

    @Test
    void shouldDeliverTheLogOfAStoppedApplicationAndEnd() {
        write(0, 5000);

        try (AgentProcess agent = AgentProcess.start(AgentProcess.configure(directory, rsyslog.port(), ""), "--once")) {
            assertThat(agent.awaitExit()).as(agent::said).isZero();
        }

        rsyslog.await(5000, SOON);
        assertThat(rsyslog.messages()).isEqualTo(events(0, 5000));
    }

    @Test
    void shouldBeginAtADateAndGoOnFromThereLater() {
        write(0, 100);
        Path configuration = AgentProcess.configure(directory, rsyslog.port(), "from: 2026-11-20T22:24:14.000040Z");

        try (AgentProcess agent = AgentProcess.start(configuration, "--once")) {
            assertThat(agent.awaitExit()).as(agent::said).isZero();
            assertThat(agent.said()).contains("forwarder 'soc' has no cursor yet: it begins in");
        }
        write(100, 110);
        try (AgentProcess agent = AgentProcess.start(configuration, "--once")) {
            assertThat(agent.awaitExit()).as(agent::said).isZero();
            assertThat(agent.said()).contains("goes on where its cursor is");
        }

        rsyslog.await(70, SOON);
        assertThat(rsyslog.messages()).isEqualTo(events(40, 110));
    }

    @Test
    void shouldWaitForALogAndEndBySigterm() {
        Path configuration = AgentProcess.configure(directory, rsyslog.port(), "statusInterval: 50ms");
        try (AgentProcess agent = AgentProcess.start(configuration)) {
            agent.awaitSaid("Waiting for a log there that this user may read.");
            write(0, 10);
            rsyslog.await(10, SOON);
            agent.awaitSaid("10 delivered");

            assertThat(awaitStop(agent)).isEqualTo(143);
            assertThat(agent.said()).contains("soc to syslog on 127.0.0.1 port");
        }
    }

    @Test
    void shouldEndBySigtermBeforeThereIsALog() {
        try (AgentProcess agent = AgentProcess.start(AgentProcess.configure(directory, rsyslog.port(), ""))) {
            agent.awaitSaid("Waiting for a log");

            assertThat(awaitStop(agent)).isEqualTo(143);
        }
    }

    @Test
    void shouldEndBySigtermWhileTheReceiverHangsAndLoseNothing() {
        write(0, 20_000); // more than the buffers of a connection hold
        rsyslog.suspend();
        Path configuration = AgentProcess.configure(directory, rsyslog.port(), "statusInterval: 50ms");
        try (AgentProcess agent = AgentProcess.start(configuration)) {
            agent.awaitSaid(", connected, ");

            assertThat(awaitStop(agent)).isEqualTo(143);
        } finally {
            rsyslog.resume();
        }

        try (AgentProcess agent = AgentProcess.start(configuration, "--once")) {
            assertThat(agent.awaitExit()).as(agent::said).isZero();
        }
        List<String> sent = events(0, 20_000);
        // What was under way when the first one ended comes again, so their number says nothing.
        Deadline.await("every event", SOON, () -> new HashSet<>(rsyslog.messages()).size() >= sent.size());
        assertThat(new HashSet<>(rsyslog.messages())).isEqualTo(new HashSet<>(sent));
    }

    @Test
    void shouldSayThatAnotherAgentHasTheCursorAndTakeOverFromIt() {
        write(0, 10);
        rsyslog.stop();
        Path configuration = AgentProcess.configure(directory, rsyslog.port(), "");
        try (AgentProcess first = AgentProcess.start(configuration)) {
            first.awaitSaid("forwarder 'soc' cannot deliver to syslog");
            try (AgentProcess second = AgentProcess.start(configuration, "--once")) {
                assertThat(second.awaitExit()).isEqualTo(3);
                assertThat(second.said())
                        .contains("another forwarder named 'soc' is at work on %s, in this process or in another"
                                .formatted(directory.resolve("log")));
            }
            try (AgentProcess third = AgentProcess.start(configuration)) {
                third.awaitSaid("another forwarder named 'soc' is at work");
                rsyslog.start();
                first.kill();

                rsyslog.await(10, SOON);
                assertThat(awaitStop(third)).isEqualTo(143);
            }
        }
        assertThat(rsyslog.messages()).containsSubsequence(events(0, 10));
    }

    @Test
    void shouldRefuseABadConfigurationWithAllItsProblems() {
        Path configuration = AgentProcess.configure(directory, 70_000, "form: 2026-01-01");

        try (AgentProcess agent = AgentProcess.start(configuration)) {
            assertThat(agent.awaitExit()).isEqualTo(2);
            assertThat(agent.said().lines())
                    .containsExactly(
                            configuration
                                    + ": forwarders[soc].port: expected a whole number from 1 to 65535, found '70000'",
                            configuration + ": form: unknown option; did you mean from?");
        }
    }
}
