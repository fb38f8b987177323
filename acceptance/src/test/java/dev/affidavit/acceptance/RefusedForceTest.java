package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A device that refuses a force while eight threads record and a forwarder sends: nobody notices, and nothing is lost. */
@RequiresProgram({"strace", "rsyslogd"})
@Timeout(600)
final class RefusedForceTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int THREADS = 8;
    private static final int EVENTS_PER_THREAD = 400;
    private static final int PAUSE_MICROS = 300;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldLoseNothing(Framework framework) throws IOException {
        Path log = directory.resolve("log");
        Ledger ledger = new Ledger(directory.resolve("ledger"));
        try (RsyslogServer rsyslog = RsyslogServer.start(Files.createDirectory(directory.resolve("rsyslog")))) {
            ChildJvm.Builder application = framework
                    .application(directory, "64KB", rsyslog.port())
                    .under(
                            "strace",
                            "-f",
                            "-qq",
                            "--seccomp-bpf",
                            "-o",
                            directory.resolve("trace").toString())
                    .under("-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=8")
                    .argument(1)
                    .argument(THREADS)
                    .argument(EVENTS_PER_THREAD)
                    .argument(PAUSE_MICROS);

            try (ChildJvm child = application.start(ledger.file(), directory.resolve("errors"))) {
                int events = THREADS * EVENTS_PER_THREAD;
                Deadline.await("the calls return", SOON, () -> ledger.size() == events || !child.isAlive());
                Deadline.await(
                        "the last event is forwarded",
                        SOON,
                        () -> rsyslog.messages().size() > events || !child.isAlive());
                child.closeInput();
                assertThat(child.awaitExit(SOON)).isZero();
            }
            int lines = (int) LogFiles.content(log).lines().count();
            // Some may come again, so their number says nothing.
            Deadline.await("every line", SOON, () -> new HashSet<>(rsyslog.messages()).size() >= lines);

            Outcome outcome = Outcome.of(ledger, log, rsyslog.messages());
            System.out.println(framework + ": a force refused; " + outcome);
            outcome.requireAll();
            assertThat(outcome.acknowledged()).isEqualTo(THREADS * EVENTS_PER_THREAD);
        }
        assertThat(Files.readAllLines(directory.resolve("trace"))).anyMatch(line -> line.contains("(INJECTED)"));
        assertThat(LogFiles.content(log).lines().filter(line -> line.contains("AUDIT_FORCE_FAILED")))
                .singleElement()
                .asString()
                .contains("\"severity\":\"CRITICAL\"");
    }
}
