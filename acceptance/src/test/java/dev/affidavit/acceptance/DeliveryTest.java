package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresProgram("rsyslogd")
@Timeout(600)
final class DeliveryTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int THREADS = 4;
    private static final int EVENTS = 10_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldBringTenThousandEventsToRsyslogIdenticalAndInOrder(Framework framework) throws IOException {
        // given
        Ledger ledger = new Ledger(directory.resolve("ledger"));
        try (RsyslogServer rsyslog = RsyslogServer.start(Files.createDirectory(directory.resolve("rsyslog")))) {
            ChildJvm.Builder application = framework
                    .application(directory, "1MB", rsyslog.port())
                    .argument(1)
                    .argument(THREADS)
                    .argument(EVENTS / THREADS)
                    .argument(0);

            // when
            try (ChildJvm child = application.start(ledger.file(), directory.resolve("errors"))) {
                Deadline.await("the calls return", SOON, () -> ledger.size() == EVENTS || !child.isAlive());
                rsyslog.await(EVENTS + 1, SOON); // and AUDIT_LOG_STARTED
                child.closeInput();
                assertThat(child.awaitExit(SOON)).isZero();
            }

            // then
            String content = LogFiles.content(directory.resolve("log"));
            rsyslog.await(content.lines().count(), SOON);
            assertThat(Files.readString(rsyslog.received(), StandardCharsets.UTF_8))
                    .isEqualTo(content);
            assertThat(content.lines().filter(line -> !line.contains("\"AUDIT_CHECKPOINT\"")))
                    .hasSize(EVENTS + 2); // and AUDIT_LOG_STARTED, AUDIT_LOG_STOPPED
            assertThat(LogFiles.in(directory.resolve("log"))).hasSizeGreaterThan(2);
        }
        assertThat(Files.readAllLines(directory.resolve("errors")))
                .allMatch(line -> line.matches("SLF4J\\(W\\): .*(intercepted|replay).*")
                        || line.contains("is sealed from here on"));
    }
}
