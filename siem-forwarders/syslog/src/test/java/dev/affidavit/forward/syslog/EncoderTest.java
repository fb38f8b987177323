package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.syslog.SyslogMessage;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the options of messages do, seen at a receiver. */
@Timeout(120)
final class EncoderTest {
    private static final LogIdentity LOG = new LogIdentity("00112233445566778899aabbccddeeff", "payments", "host1");
    private static final Duration SOON = Duration.ofSeconds(60);

    private static ForwardedLine line(String text) {
        return new ForwardedLine(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Destination open(Transport transport, int port, Framing framing, MessageOptions messages)
            throws IOException {
        return new SyslogServer(Servers.at(port, Servers.TIMEOUT), transport, null, framing, messages).open(LOG);
    }

    private static MessageOptions messages(boolean cee, int maxMessageSize) {
        return new MessageOptions(Facility.LOCAL0, null, 32473, cee, maxMessageSize);
    }

    @Test
    void shouldPutTheCookieBeforeTheLine() throws IOException {
        try (SyslogReceiver receiver = SyslogReceiver.start();
                Destination destination =
                        open(Transport.TCP, receiver.port(), Framing.OCTET_COUNTING, messages(true, 10_000))) {
            destination.deliver(List.of(line(SampleLog.event(1))));

            assertThat(receiver.await(1, SOON)).singleElement().satisfies(message -> {
                assertThat(message.text()).isEqualTo("@cee: " + SampleLog.event(1));
                assertThat(receiver.violations()).isEmpty();
            });
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "RELP"})
    void shouldShortenTheWholeMessageAndRefuseWhatCannotBe(Transport transport) throws IOException {
        try (SyslogReceiver receiver =
                        transport == Transport.TCP ? SyslogReceiver.start() : SyslogReceiver.startRelp();
                Destination destination =
                        open(transport, receiver.port(), Framing.OCTET_COUNTING, messages(false, 2048))) {
            String large = SampleLog.event(1).replace("bad password", "p".repeat(3000));

            Delivery delivery = destination.deliver(
                    List.of(line(SampleLog.event(0)), line("x".repeat(3000)), line(large), line(SampleLog.event(2))));

            assertThat(delivery.settled()).isEqualTo(4);
            assertThat(delivery.refusals()).singleElement().satisfies(refusal -> {
                assertThat(refusal.index()).isOne();
                assertThat(refusal.reason()).contains("has 3000 bytes");
            });
            List<SyslogMessage> got = receiver.await(3, SOON);
            assertThat(got.get(0).text()).isEqualTo(SampleLog.event(0));
            assertThat(got.get(1).whole()).hasSizeBetween(2040, 2048);
            assertThat(got.get(1).text()).contains("…[cut, ").contains("\"truncated\":true");
            assertThat(got.get(2).text()).isEqualTo(SampleLog.event(2));
        }
    }

    @Test
    void shouldEndMessagesWithALineFeedAndKeepThemWhole() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String foreign = "a\nb\rc\0d";
            Socket accepted;
            try (Destination destination =
                    open(Transport.TCP, server.getLocalPort(), Framing.LF, messages(false, MessageOptions.NO_LIMIT))) {
                accepted = server.accept();
                destination.deliver(List.of(line(SampleLog.event(1)), line(foreign), line(SampleLog.event(2))));
            }

            List<String> got;
            try (accepted) {
                got = new String(accepted.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
            }
            assertThat(got).hasSize(3).allMatch(message -> message.startsWith("<13"));
            assertThat(got.get(0)).endsWith("] " + SampleLog.event(1));
            assertThat(got.get(1)).endsWith("] a b c d");
            assertThat(got.get(2)).endsWith("] " + SampleLog.event(2));
        }
    }
}
