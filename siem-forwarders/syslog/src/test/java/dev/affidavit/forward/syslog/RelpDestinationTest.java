package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.syslog.SyslogMessage;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class RelpDestinationTest {
    private static final LogIdentity LOG = new LogIdentity("00112233445566778899aabbccddeeff", "payments", "host1");
    /** For a receiver that says nothing. */
    private static final Duration IMPATIENCE = Duration.ofMillis(500);
    /** For one that says a part in time: long enough for that, unless the machine stands still. */
    private static final Duration SOME_PATIENCE = Duration.ofSeconds(3);

    private static final int ATTEMPTS = 10;

    private static final String OPENED = "1 rsp 50 200 OK\nrelp_version=0\ncommands=foo, syslog,bar\nx=y\n";

    private static Destination open(int port) throws IOException {
        return open(port, Servers.TIMEOUT);
    }

    private static Destination open(int port, Duration timeout) throws IOException {
        return Servers.over(Transport.RELP, Servers.at(port, timeout), null).open(LOG);
    }

    private static List<ForwardedLine> lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        new ForwardedLine("{\"id\":\"evt_%d\"}".formatted(i).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /**
     * What comes of batches for a receiver that says this when it is connected to, what stands behind a {@code |} when there is a message, and
     * nothing else: how many lines of the first were
     * settled, and how it fails in the end.
     */
    private static Outcome outcome(String said, int lines) throws IOException {
        return outcome(said, lines, Servers.TIMEOUT);
    }

    private static Outcome outcome(String said, int lines, Duration timeout) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread receiver = new Thread(() -> {
                try (Socket connection = server.accept()) {
                    int pause = Math.max(0, said.indexOf('|'));
                    OutputStream out = connection.getOutputStream();
                    out.write(said.substring(0, pause).getBytes(StandardCharsets.US_ASCII));
                    while (pause > 0 && connection.getInputStream().read() != '<') {
                        // It opens the session; a message begins with its priority.
                    }
                    out.write(said.substring(pause).replace("|", "").getBytes(StandardCharsets.US_ASCII));
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The sender went.
                }
            });
            receiver.setDaemon(true);
            receiver.start();
            int settled = 0;
            try (Destination destination = open(server.getLocalPort(), timeout)) {
                settled = destination.deliver(lines(lines)).settled();
                throw new AssertionError("expected a failure, found " + destination.deliver(lines(lines)));
            } catch (IOException e) {
                return new Outcome(settled, e);
            }
        }
    }

    private static IOException failureWith(String said, int lines) throws IOException {
        Outcome outcome = outcome(said, lines);
        assertThat(outcome.settled()).isZero();
        return outcome.failure();
    }

    private record Outcome(int settled, IOException failure) {}

    @Test
    void shouldBeginAgainAtOneAfterTheLastTransaction() throws IOException {
        try (SyslogReceiver receiver = SyslogReceiver.startRelp()) {
            Endpoint endpoint = Servers.at(receiver.port(), Servers.TIMEOUT);
            try (Destination destination =
                    new RelpDestination(Servers.PLAIN.encoder(LOG), RelpSession.open(endpoint, null, 999_999_900))) {
                assertThat(destination.deliver(lines(300)).settled()).isEqualTo(300);
            }

            assertThat(receiver.messages()).extracting(SyslogMessage::text).isEqualTo(texts(300));
            assertThat(receiver.violations()).isEmpty();
        }
    }

    private static List<String> texts(int count) {
        return lines(count).stream()
                .map(line -> new String(line.json(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void shouldSettleWhatWasAnsweredBeforeTheConnectionBroke() throws IOException {
        Outcome outcome = outcome(OPENED + "|2 rsp 6 200 OK\n3 rsp 6 200 OK\n0 serverclose 0\n", 3);

        assertThat(outcome.settled()).isEqualTo(2);
        assertThat(outcome.failure()).hasMessageContaining("closed the session");
    }

    @Test
    void shouldSettleWhatWasAnsweredInTime() throws IOException {
        Outcome outcome = new Outcome(0, new IOException("not tried"));
        for (int i = 0; i < ATTEMPTS && outcome.settled() == 0; i++) { // if it stood still, nothing came in time
            outcome = outcome(OPENED + "2 rsp 6 200 OK\n4 rsp 6 200 OK\n", 3, SOME_PATIENCE);
            assertThat(outcome.failure()).isInstanceOf(SocketTimeoutException.class);
        }

        assertThat(outcome.settled()).isOne();
    }

    @Test
    void shouldTakeAnswersInAnyOrder() throws IOException {
        assertThat(outcome(OPENED + "|4 rsp 6 200 OK\n2 rsp 6 200 OK\n3 rsp 6 200 OK\n0 serverclose 0\n", 3)
                        .settled())
                .isEqualTo(3);
    }

    @Test
    void shouldRefuseALineAtTheFifthRefusalAlone() throws IOException {
        try (SyslogReceiver receiver = SyslogReceiver.startRelp();
                Destination destination = open(receiver.port())) {
            receiver.refuse("no room");
            for (int seconds : new int[] {1, 2, 4, 8}) {
                assertThatThrownBy(() -> destination.deliver(lines(5)))
                        .isInstanceOfSatisfying(
                                DestinationBusyException.class,
                                busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)))
                        .hasMessageContaining("500 no room");
            }

            Delivery delivery = destination.deliver(lines(5));

            assertThat(delivery.settled()).isOne();
            assertThat(delivery.refusals()).singleElement().satisfies(refusal -> {
                assertThat(refusal.index()).isZero();
                assertThat(refusal.reason()).contains("500 no room");
            });
            receiver.refuse(null);
            assertThat(destination.deliver(lines(5)).settled()).isEqualTo(5);
        }
    }

    @Test
    void shouldForgetRefusalsOfALineThatIsTakenAfterAll() throws IOException {
        try (SyslogReceiver receiver = SyslogReceiver.startRelp();
                Destination destination = open(receiver.port())) {
            List<Duration> pauses = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                receiver.refuse("later");
                assertThatThrownBy(() -> destination.deliver(lines(2)))
                        .isInstanceOfSatisfying(DestinationBusyException.class, busy -> pauses.add(busy.retryAfter()));
                receiver.refuse(null);
                assertThat(destination.deliver(lines(2)).refusals()).isEmpty();
            }

            assertThat(pauses).containsOnly(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 rsp 13 500 no, thanks\n", "1 rsp 35 200 OK\nrelp_version=0\ncommands=other\n"})
    void shouldSayThatTheReceiverWantsNoSession(String answer) throws IOException {
        String counted = answer.replaceFirst("rsp \\d+", "rsp " + (answer.length() - answer.indexOf(' ', 6) - 2));

        assertThat(failureWith(counted, 1)).isInstanceOf(MisconfiguredDestinationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n",
                "220 mail.example.com ESMTP\r\n",
                "1 rsp 70000 200 OK\n",
                "1 rsp 99999999999 200 OK\n",
                "1234567890 rsp 6 200 OK\n",
                "1 rsp 6 200 OKx",
                "1 open 6 200 OK\n",
                "0 serverclose 0\n",
                "\u0016\u0003\u0001"
            })
    void shouldFailForWhatIsNoAnswer(String said) throws IOException {
        assertThat(failureWith(said, 1)).hasMessageNotContaining("did not answer");
    }

    @Test
    void shouldFailForAnAnswerToNothing() throws IOException {
        assertThat(failureWith(OPENED + "9 rsp 6 200 OK\n", 1)).hasMessageContaining("transaction 9");
        assertThat(outcome(OPENED + "2 rsp 6 200 OK\n2 rsp 6 200 OK\n", 2).failure())
                .hasMessageContaining("transaction 2");
        assertThat(failureWith("7" + OPENED.substring(1) + "2 rsp 6 200 OK\n", 1))
                .hasMessageContaining("expected the answer to transaction 1, found one to transaction 7");
    }

    @Test
    void shouldGiveUpAReceiverThatSaysNothing() throws IOException {
        assertThat(outcome("", 1, IMPATIENCE).failure())
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("did not answer within 500 ms");
        assertThat(outcome(OPENED, 1, IMPATIENCE).failure()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void shouldEndTheSessionInOrder() throws IOException {
        try (SyslogReceiver receiver = SyslogReceiver.startRelp()) {
            try (Destination destination = open(receiver.port())) {
                destination.deliver(lines(3));
            }

            assertThat(receiver.violations()).isEmpty();
        }
    }
}
