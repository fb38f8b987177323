package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Datagrams. They do not pass {@code DestinationContract}: what is too large for one is shortened and not refused, a call waits for no receiver,
 * and what has no room in the receiver's buffer is lost, as the tests of a busy machine would show now and then.
 */
@Timeout(300)
final class DatagramDestinationTest {
    private static final LogIdentity LOG = new LogIdentity("00112233445566778899aabbccddeeff", "payments", "host1");

    private static Destination open(int port) throws IOException {
        MessageOptions messages =
                new MessageOptions(Facility.LOCAL0, null, 32473, false, DatagramDestination.MAX_MESSAGE);
        return new SyslogServer(
                        Servers.at(port, Servers.TIMEOUT), Transport.UDP, null, Framing.OCTET_COUNTING, messages)
                .open(LOG);
    }

    private static ForwardedLine line(String text) {
        return new ForwardedLine(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String receive(DatagramSocket receiver) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[70_000], 70_000);
        receiver.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldSendOneMessageInOneDatagramAndNothingElse() throws IOException {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Destination destination = open(receiver.getLocalPort())) {
            Delivery delivery = destination.deliver(List.of(line(SampleLog.event(1)), line("not JSON")));

            assertThat(delivery.settled()).isEqualTo(2);
            assertThat(receive(receiver))
                    .startsWith("<132>1 2026-11-20T22:24:14.000001Z host1 payments ")
                    .endsWith("] " + SampleLog.event(1));
            assertThat(receive(receiver)).startsWith("<133>1 - host1").endsWith("] not JSON");
        }
    }

    @Test
    void shouldShortenWhatIsLargerThanADatagram() throws IOException {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Destination destination = open(receiver.getLocalPort())) {
            String large = SampleLog.event(1).replace("bad password", "p".repeat(100_000));

            assertThat(destination.deliver(List.of(line(large))).refusals()).isEmpty();
            assertThat(receive(receiver))
                    .satisfies(message ->
                            assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(65_500, 65_507))
                    .contains("…[cut, ", "\"truncated\":true");
            assertThat(destination.deliver(List.of(line("x".repeat(66_000)))).refusals())
                    .hasSize(1);
        }
    }

    @Test
    void shouldNoticeThatNobodyListens() throws IOException {
        int port;
        try (DatagramSocket gone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (Destination destination = open(port)) {
            assertThatThrownBy(() -> destination.deliver(List.of(line("first"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nobody listens");
        }
    }

    @Test
    void shouldSendNothingOnceItIsClosed() throws IOException {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Destination destination = open(receiver.getLocalPort());
            destination.close();
            destination.close();

            assertThatThrownBy(() -> destination.deliver(List.of(line("late")))).isInstanceOf(IOException.class);
        }
    }
}
