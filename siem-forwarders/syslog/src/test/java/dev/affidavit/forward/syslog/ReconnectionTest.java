package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.delivery.RunningForwarder;
import dev.affidavit.testkit.syslog.SyslogMessage;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class ReconnectionTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final RecordingStatus status = new RecordingStatus();

    @TempDir
    Path directory;

    private SampleLog log;

    @BeforeEach
    void open() {
        log = SampleLog.in(directory);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(SampleLog::event).toList();
    }

    @Test
    void shouldSendTheWholeBatchAgainAfterAResetWithinIt() {
        String moreThanTheKernelTakes = "x".repeat(12 * 1024 * 1024);
        try (SyslogReceiver receiver = SyslogReceiver.start()) {
            receiver.resetAfter(5);
            log.appendEvents(0, 10);
            log.append(moreThanTheKernelTakes);
            log.appendEvents(10, 20);
            try (RunningForwarder forwarder = Servers.forward(log, receiver.port(), status)) {
                List<SyslogMessage> got = receiver.await(5 + 21, SOON);

                assertThat(got.subList(0, 5)).extracting(SyslogMessage::text).isEqualTo(events(0, 5));
                assertThat(got.subList(5, 15)).extracting(SyslogMessage::text).isEqualTo(events(0, 10));
                assertThat(got.get(15).text()).isEqualTo(moreThanTheKernelTakes);
                assertThat(got.subList(16, 26)).extracting(SyslogMessage::text).isEqualTo(events(10, 20));
                assertThat(receiver.accepted()).isEqualTo(2);
                assertThat(receiver.violations()).isEmpty();
                Deadline.await(
                        "failure and recovery",
                        SOON,
                        () -> forwarder.statistics().failures() >= 1
                                && status.messages().size() == 2);
            }
        }
    }

    @Test
    void shouldCatchUpWhenAReceiverThatWasKilledIsBack() {
        SyslogReceiver killed = SyslogReceiver.start();
        try (RunningForwarder forwarder = Servers.forward(log, killed.port(), status)) {
            log.appendEvents(0, 100);
            killed.await(100, SOON);
            // What it got and nobody has noted as delivered is sent again.
            Deadline.await("delivery", SOON, () -> forwarder.statistics().delivered() == 100);
            killed.close();
            log.appendEvents(100, 3000);
            Deadline.await(
                    "the failure shows", SOON, () -> !forwarder.statistics().connected());

            try (SyslogReceiver back = SyslogReceiver.start(killed.port())) {
                back.await(2900, SOON);

                assertThat(back.messages()).extracting(SyslogMessage::text).isEqualTo(events(100, 3000));
                assertThat(back.violations()).isEmpty();
            }
        }
    }

    @Test
    void shouldLoseNothingToAReceiverThatStallsAndGoesOn() {
        try (SyslogReceiver receiver = SyslogReceiver.start();
                RunningForwarder forwarder = Servers.forward(log, receiver.port(), status)) {
            receiver.stall();
            log.appendEvents(0, 5000);
            Deadline.await("a first message", SOON, () -> !receiver.messages().isEmpty());
            receiver.goOn();

            assertThat(receiver.await(5000, SOON))
                    .extracting(SyslogMessage::text)
                    .isEqualTo(events(0, 5000));
            assertThat(forwarder.statistics().failures()).isZero();
        }
    }
}
