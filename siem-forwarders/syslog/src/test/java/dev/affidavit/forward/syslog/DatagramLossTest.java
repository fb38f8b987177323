package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.delivery.MixedEvents;
import dev.affidavit.testkit.delivery.RunningForwarder;
import dev.affidavit.testkit.syslog.RsyslogInput;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arrives of many datagrams is what was sent, in order; what does not is counted at the receiver, by its kernel. */
@RequiresProgram("rsyslogd")
@Timeout(300)
@Tag("receivers")
final class DatagramLossTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"20000, false", "20000, true"})
    void shouldFindEveryDatagramAtTheReceiverOrInItsCount(int events, boolean hangs) throws IOException {
        send(events, hangs);
    }

    @Tag("campaign")
    @ParameterizedTest
    @CsvSource({"100000, false", "100000, true"})
    void shouldFindEachOfManyDatagramsAtTheReceiverOrInItsCount(int events, boolean hangs) throws IOException {
        send(events, hangs);
    }

    /** @param hangs whether the receiver reads nothing until all is sent: what its buffer does not hold is lost */
    private void send(int count, boolean hangs) throws IOException {
        List<String> events =
                IntStream.range(0, count).mapToObj(MixedEvents::event).toList();
        try (RsyslogServer rsyslog = RsyslogServer.startForMany(
                        Files.createDirectory(directory.resolve("rsyslog")), RsyslogInput.udp());
                SampleLog log = SampleLog.in(directory.resolve("log"))) {
            events.forEach(log::append);
            if (hangs) {
                rsyslog.suspend();
            }
            forward(log, rsyslog.port(), count);
            rsyslog.resume();
            Deadline.await(
                    "each datagram has arrived or is counted",
                    LIMIT,
                    () -> rsyslog.count() + rsyslog.droppedDatagrams() >= count);

            List<String> arrived = rsyslog.messages();
            System.out.printf(
                    "udp, %d sent%s: %d arrived, %d counted as dropped%n",
                    count, hangs ? " to who hangs" : "", arrived.size(), rsyslog.droppedDatagrams());
            assertThat(arrived.size() + rsyslog.droppedDatagrams()).isEqualTo(count);
            requireInOrder(arrived, events);
            if (hangs) {
                assertThat(rsyslog.droppedDatagrams()).isPositive();
            }
        }
    }

    private static void forward(SampleLog log, int port, int count) {
        Map<String, String> options = Map.of("host", "127.0.0.1", "port", Integer.toString(port), "transport", "udp");
        try (RunningForwarder forwarder = RunningForwarder.start(
                log.directory(), log.id(), new SyslogProvider(), options, new RecordingStatus())) {
            Deadline.await("all are sent", LIMIT, () -> forwarder.statistics().delivered() == count);
            assertThat(forwarder.statistics().failures()).isZero();
        }
    }

    private static void requireInOrder(List<String> arrived, List<String> sent) {
        Iterator<String> next = sent.iterator();
        for (String event : arrived) {
            boolean found = false;
            while (!found && next.hasNext()) {
                found = next.next().equals(event);
            }
            assertThat(found).as("sent, in this order: %.300s", event).isTrue();
        }
    }
}
