package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.syslog.SyslogMessage;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class StreamDestinationTest {
    private static final LogIdentity LOG = new LogIdentity("00112233445566778899aabbccddeeff", "payments", "host1");
    private static final Duration SOON = Duration.ofSeconds(60);
    /** For a receiver that takes nothing. */
    private static final Duration IMPATIENCE = Duration.ofMillis(300);
    /** Longer than any wait of a test: nothing ends for it. */
    private static final Duration ENDLESS = Duration.ofHours(1);

    private final SyslogReceiver receiver = SyslogReceiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    private static SyslogServer to(int port) {
        return to(port, Servers.TIMEOUT);
    }

    private static SyslogServer to(int port, Duration timeout) {
        return Servers.over(Transport.TCP, Servers.at(port, timeout), null);
    }

    private Destination open() throws IOException {
        return to(receiver.port()).open(LOG);
    }

    private static List<ForwardedLine> lines(String... lines) {
        return List.of(lines).stream()
                .map(line -> new ForwardedLine(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<ForwardedLine> megabytes(int count) {
        String megabyte = "x".repeat(1024 * 1024);
        return lines(IntStream.range(0, count).mapToObj(i -> megabyte).toArray(String[]::new));
    }

    @Test
    void shouldSendTheGoldenMessage() throws IOException {
        String event = SampleLog.event(7);
        try (Destination destination = open()) {
            destination.deliver(lines(event));
        }

        SyslogMessage message = receiver.await(1, SOON).get(0);

        assertThat(message)
                .hasToString("<132>1 2026-11-20T22:24:14.000007Z host1 payments %d AUTH_FAILURE [audit@32473"
                                .formatted(ProcessHandle.current().pid())
                        + " eventId=\"evt_1795213454000000007_1795213454\""
                        + " logId=\"00112233445566778899aabbccddeeff\"] " + event);
        assertThat(message.text()).isEqualTo(event);
        assertThat(receiver.violations()).isEmpty();
    }

    @Test
    void shouldNameItselfWhenTheLogHasNoService() throws IOException {
        try (Destination destination = to(receiver.port()).open(new LogIdentity("id", "", "host1"))) {
            destination.deliver(lines("{}"));
        }

        assertThat(receiver.await(1, SOON).get(0).appName()).isEqualTo("affidavit");
    }

    @Test
    void shouldFrameLinesOfEverySizeAndContent() throws IOException {
        List<String> sent = new ArrayList<>();
        for (int length : new int[] {0, 1, 9, 10, 99, 100, 8095, 65_535, 65_536, 65_537, 1_048_576, 3_000_000}) {
            sent.add("y".repeat(length));
        }
        sent.add("12 <134>1 - - - - - - looks like a frame");
        sent.add("\uFEFF with a BOM, a\ttab, a\rreturn, \u0000 and 密码 🔑");
        try (Destination destination = open()) {
            destination.deliver(lines(sent.toArray(String[]::new)));
        }

        assertThat(receiver.await(sent.size(), SOON))
                .extracting(SyslogMessage::text)
                .isEqualTo(sent);
        assertThat(receiver.violations()).isEmpty();
    }

    @Test
    void shouldFailAtOnceWhenNobodyListens() {
        int port = receiver.port();
        receiver.close();

        assertThatThrownBy(() -> to(port).open(LOG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("refused");
    }

    @Test
    void shouldFailWhenConnectingTakesTooLong() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(List.of(first, second)).allMatch(Socket::isConnected); // the queue is full
            SyslogServer factory = Servers.over(
                    Transport.TCP,
                    new Endpoint("127.0.0.1", full.getLocalPort(), Duration.ofMillis(200), Servers.TIMEOUT),
                    null);

            assertThatThrownBy(() -> factory.open(LOG))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("did not answer within 200 ms");
        }
    }

    @Test
    void shouldFailForAHostThatIsNone() {
        Endpoint nowhere = new Endpoint("no.such.host.invalid", 601, Servers.TIMEOUT, Servers.TIMEOUT);

        assertThatThrownBy(() -> Servers.over(Transport.TCP, nowhere, null).open(LOG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no.such.host.invalid");
    }

    @Test
    void shouldNoticeThatTheReceiverHungUpWithoutWriting() throws IOException {
        try (Destination destination = open()) {
            destination.deliver(lines("first"));
            receiver.await(1, SOON);
            receiver.close();

            Deadline.await("the end of the connection shows", SOON, () -> fails(destination, List.of()));

            assertThat(fails(destination, lines("second"))).isTrue();
        }
    }

    private static boolean fails(Destination destination, List<ForwardedLine> lines) {
        try {
            destination.deliver(lines);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void shouldNoticeAResetWithinABatch() throws IOException {
        receiver.resetAfter(2);
        try (Destination destination = open()) {
            assertThatThrownBy(() -> destination.deliver(megabytes(32))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldGiveUpAReceiverThatTakesNothing() throws IOException {
        receiver.stall();
        try (Destination destination = to(receiver.port(), IMPATIENCE).open(LOG)) {
            assertThatThrownBy(() -> destination.deliver(megabytes(32)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("took nothing for 300 ms");
        }
    }

    @Test
    void shouldIgnoreWhatTheReceiverSays() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Destination destination = to(server.getLocalPort()).open(LOG);
                Socket accepted = server.accept()) {
            accepted.getOutputStream().write("hello ".repeat(1000).getBytes(StandardCharsets.US_ASCII));
            destination.deliver(lines("an event"));

            byte[] head = accepted.getInputStream().readNBytes(8);
            assertThat(new String(head, StandardCharsets.US_ASCII)).matches("\\d+ <133>.*");
        }
    }

    @Test
    void shouldReturnWhenAnotherThreadClosesIt() throws Exception {
        receiver.stall();
        Destination destination = to(receiver.port(), ENDLESS).open(LOG);
        CompletableFuture<Void> delivery = CompletableFuture.runAsync(() -> {
            try {
                destination.deliver(megabytes(32));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Deadline.await("a first message", SOON, () -> !receiver.messages().isEmpty());

        destination.close();

        assertThatThrownBy(() -> delivery.get(SOON.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(Exception.class);
    }

    @Test
    void shouldReturnWhenItsThreadIsInterrupted() throws Exception {
        receiver.stall();
        try (Destination destination = to(receiver.port(), ENDLESS).open(LOG)) {
            CompletableFuture<Boolean> failed = new CompletableFuture<>();
            Thread worker = new Thread(() -> {
                try {
                    destination.deliver(megabytes(32));
                    failed.complete(false);
                } catch (IOException e) {
                    failed.complete(true);
                }
            });
            worker.start();
            Deadline.await("a first message", SOON, () -> !receiver.messages().isEmpty());

            worker.interrupt();

            assertThat(failed.get(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }
}
