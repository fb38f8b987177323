package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.delivery.RunningForwarder;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@RequiresProgram("rsyslogd")
@Timeout(180)
final class RsyslogTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** The engine promises 2 s, and a busy machine takes longer; without the promise it would never end. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final RecordingStatus status = new RecordingStatus();

    @TempDir
    Path directory;

    private RsyslogServer rsyslog;
    private SampleLog log;

    @BeforeEach
    void open() throws IOException {
        rsyslog = RsyslogServer.start(Files.createDirectory(directory.resolve("rsyslog")));
        log = SampleLog.in(directory.resolve("log"));
    }

    @AfterEach
    void close() {
        log.close();
        rsyslog.close();
    }

    private static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(SampleLog::event).toList();
    }

    private byte[] onlySegment() throws IOException {
        try (var files = Files.newDirectoryStream(directory.resolve("log"), "*.log")) {
            return Files.readAllBytes(files.iterator().next());
        }
    }

    @Test
    void shouldReachRsyslogByteIdenticalAndInOrder() throws IOException {
        try (RunningForwarder forwarder = Servers.forward(log, rsyslog.port(), status)) {
            log.appendEvents(0, 10_000);
            rsyslog.await(10_000, SOON);
            assertThat(forwarder.statistics().failures()).isZero();
        }

        assertThat(Files.readAllBytes(rsyslog.received())).isEqualTo(onlySegment());
    }

    @Test
    void shouldBeUnderstoodByRsyslogFieldByField() {
        try (RunningForwarder forwarder = Servers.forward(log, rsyslog.port(), status)) {
            log.appendEvents(7, 8);
            rsyslog.await(1, SOON);
            assertThat(forwarder.statistics().connected()).isTrue();
        }

        assertThat(rsyslog.full(SOON))
                .singleElement()
                .asString()
                .startsWith(
                        ("{\"pri\":\"132\", \"ver\":\"1\", \"ts\":\"2026-11-20T22:24:14.000007Z\", \"host\":\"host1\","
                                        + " \"app\":\"payments\", \"procid\":\"%d\", \"msgid\":\"AUTH_FAILURE\","
                                        + " \"sd\":\"[audit@32473 eventId=\\\"evt_1795213454000000007_1795213454\\\""
                                        + " logId=\\\"%s\\\"]\", \"msg\":\"{")
                                .formatted(ProcessHandle.current().pid(), log.id()));
    }

    @Test
    void shouldDeliverALineOfAMegabyteWhole() throws IOException {
        log.append("{\"id\":\"evt_1_1\",\"details\":\"%s\"}".formatted("z".repeat(1024 * 1024)));
        log.appendEvents(0, 1);
        try (RunningForwarder forwarder = Servers.forward(log, rsyslog.port(), status)) {
            rsyslog.await(2, SOON);
            assertThat(forwarder.statistics().failures()).isZero();
        }

        assertThat(Files.readAllBytes(rsyslog.received())).isEqualTo(onlySegment());
    }

    @Test
    void shouldDeliverTheBacklogWhenAKilledRsyslogIsBack() {
        try (RunningForwarder forwarder = Servers.forward(log, rsyslog.port(), status)) {
            log.appendEvents(0, 1000);
            rsyslog.await(1000, SOON);
            // What it got and nobody has noted as delivered is sent again.
            Deadline.await("delivery", SOON, () -> forwarder.statistics().delivered() == 1000);
            rsyslog.kill();
            log.appendEvents(1000, 6000);
            Deadline.await(
                    "the failure shows", SOON, () -> !forwarder.statistics().connected());

            rsyslog.start();
            rsyslog.await(6000, SOON);

            assertThat(rsyslog.messages()).isEqualTo(events(0, 6000));
            Deadline.await(
                    "the end of the outage is reported",
                    SOON,
                    () -> status.messages().size() == 2);
            assertThat(status.messages().get(0)).startsWith("ERROR forwarder 'soc' cannot deliver to syslog on");
            assertThat(status.messages().get(1)).startsWith("INFO forwarder 'soc' delivers to syslog on");
        }
    }

    @Test
    void shouldLoseNothingToARsyslogThatHangsAndGoesOn() {
        try (RunningForwarder forwarder = Servers.forward(log, rsyslog.port(), status)) {
            log.appendEvents(0, 1);
            rsyslog.await(1, SOON);
            rsyslog.suspend();
            log.appendEvents(1, 20_000);
            Deadline.await(
                    "the kernel takes some", SOON, () -> forwarder.statistics().delivered() > 1);
            rsyslog.resume();
            rsyslog.await(20_000, SOON);

            assertThat(rsyslog.messages()).isEqualTo(events(0, 20_000));
        }
    }

    @Test
    void shouldStopInTimeWhenRsyslogHangs() {
        RunningForwarder forwarder = Servers.forward(log, rsyslog.port(), status);
        log.appendEvents(0, 1);
        rsyslog.await(1, SOON);
        rsyslog.suspend();
        log.appendEvents(1, 40_000); // 20 MB, more than the kernel takes
        Deadline.await(
                "the kernel takes some", SOON, () -> forwarder.statistics().delivered() > 1);
        long from = System.nanoTime();

        forwarder.close();

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(STOP_LIMIT);
        assertThat(forwarder.statistics().delivered()).isLessThan(40_000);
        rsyslog.resume();
    }
}
