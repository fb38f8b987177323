package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.splunk.HecReply;
import dev.affidavit.testkit.splunk.HecRequest;
import dev.affidavit.testkit.splunk.HecSetup;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deliveries with acknowledgement, to a fake. */
final class AcknowledgementTest extends AgainstFakeSplunk {
    private static final String ACK = "/services/collector/ack";

    AcknowledgementTest() {
        super(new HecSetup().useAck(0));
    }

    private Client client(String... more) throws IOException {
        String[] options = new String[more.length + 2];
        System.arraycopy(more, 0, options, 2, more.length);
        options[0] = "ack";
        options[1] = "true";
        return Client.of(splunk, options);
    }

    @Test
    void shouldReturnWhenTheIndexersHaveTheEvents() throws IOException {
        restart(new HecSetup().useAck(11));
        try (Client client = client()) {
            client.deliver(0, 3);

            assertThat(indexed()).isEqualTo(Client.events(0, 3));
            assertThat(client.time().pauses())
                    .as("soon at first, then as seldom as Splunk advises")
                    .startsWith(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200))
                    .endsWith(
                            Duration.ofMillis(6400),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(10));
        }
    }

    @Test
    void shouldUseOneChannelForAll() throws IOException {
        try (Client client = client()) {
            client.deliver(0, 3);
            client.deliver(3, 6);

            assertThat(client.time().channels()).isOne();
        }
        assertThat(splunk.requests())
                .extracting(request -> request.header("X-Splunk-Request-Channel"))
                .containsOnly("00000000-0000-0000-0000-000000000001");
        assertThat(indexed()).isEqualTo(Client.events(0, 6));
    }

    @Test
    void shouldAskBeforeItSendsAnything() throws IOException {
        try (Client client = client()) {
            client.deliver(0, 1);
        }

        assertThat(splunk.requests())
                .extracting(HecRequest::path)
                .containsExactly("/services/collector/health/1.0", ACK, "/services/collector/event/1.0", ACK);
    }

    @Test
    void shouldSendNoEventToATokenThatAcknowledgesNothing() throws IOException {
        restart(new HecSetup());
        try (Client client = client()) {
            assertThatThrownBy(() -> client.deliver(0, 3))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageContaining("code 14")
                    .hasMessageContaining("useACK");
        }
        assertThat(splunk.submissions()).isEmpty();
    }

    @Test
    void shouldNotBeContentWithLess() throws IOException {
        splunk.reply(HecReply.ofCode(200, 0));
        try (Client client = client()) {
            assertThatThrownBy(() -> client.deliver(0, 3))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageContaining("will not acknowledge them");
        }
    }

    @Test
    void shouldAskForAckWhereTheTokenWantsIt() throws IOException {
        try (Client client = Client.of(splunk)) {
            assertThatThrownBy(() -> client.deliver(0, 3))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageContaining("code 10")
                    .hasMessageContaining("ack=\"true\"");
        }
    }

    @Test
    void shouldSendAgainOnAnotherChannelAfterATimeout() throws IOException {
        restart(new HecSetup().useAck(1_000_000));
        try (Client client = client()) {
            assertThatThrownBy(() -> client.deliver(0, 3))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessageContaining("did not acknowledge within 300000 ms");
            assertThat(client.time().pauses().stream()
                            .mapToLong(Duration::toMillis)
                            .sum())
                    .isEqualTo(300_000);
            restart(new HecSetup().useAck(0).port(splunk.port()));
            client.reopen();
            client.deliver(0, 3);
            assertThat(client.time().channels()).isEqualTo(2);
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 3));
    }

    @Test
    void shouldSendAgainWhatAForgottenChannelHeld() throws IOException {
        AtomicInteger questions = new AtomicInteger();
        splunk.reactAlways(ACK, conversation -> {
            if (questions.incrementAndGet() == 2) { // the first one is about nothing
                splunk.forgetChannels();
            }
            conversation.reply(splunk.take(conversation));
        });
        try (Client client = client("ackTimeout", "1m")) {
            assertThatThrownBy(() -> client.deliver(0, 3)).hasMessageContaining("did not acknowledge");
            assertThat(indexed()).isEmpty();
            client.reopen();
            client.deliver(0, 3);
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 3));
    }

    @Test
    void shouldBringBackTheCookieOfALoadBalancer() throws IOException {
        restart(new HecSetup().useAck(1).requireCookie());
        splunk.cookie("AWSELB=node1");
        try (Client client = client()) {
            client.deliver(0, 3);
        }
        assertThat(splunk.requests().subList(1, splunk.requests().size()))
                .extracting(request -> request.header("Cookie"))
                .containsOnly("AWSELB=node1");
        assertThat(indexed()).isEqualTo(Client.events(0, 3));
    }

    @Test
    void shouldSendAgainOnAnotherChannelWhereTheCookieChanged() throws IOException {
        restart(new HecSetup().useAck(2));
        splunk.cookie("AWSELB=node1");
        AtomicInteger questions = new AtomicInteger();
        splunk.reactAlways(ACK, conversation -> {
            if (questions.incrementAndGet() == 2) { // the first one is about nothing
                splunk.cookie("AWSELB=node2");
            }
            conversation.reply(splunk.take(conversation));
        });
        try (Client client = client()) {
            assertThatThrownBy(() -> client.deliver(0, 3))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessageContaining("changed the cookie AWSELB");
            client.reopen();
            client.deliver(0, 3);
            assertThat(client.time().channels()).isEqualTo(2);
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 3));
    }

    @Test
    void shouldBearCookiesThatAreNewEachTime() throws IOException {
        splunk.cookie("AWSALB=a");
        try (Client client = client()) {
            client.deliver(0, 3);
            splunk.cookie("AWSALB=b");
            client.deliver(3, 6);
            assertThat(client.time().channels()).isOne();
        }
        assertThat(splunk.requests().get(splunk.requests().size() - 1).header("Cookie"))
                .isEqualTo("AWSALB=b");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 2"})
    void shouldWaitForThoseBeforeABadEvent(boolean withAckId, int requests) throws IOException {
        HecSetup setup = new HecSetup().useAck(1).refuse(6, SampleEvents.number(2));
        restart(withAckId ? setup : setup.noAckIdWithRefusal());
        try (Client client = client()) {
            Delivery first = client.deliver(0, 5);

            assertThat(first.settled()).isEqualTo(withAckId ? 3 : 2);
            assertThat(splunk.submissions()).hasSize(requests);
            assertThat(indexed()).isEqualTo(Client.events(0, 2));
            if (!withAckId) {
                assertThat(client.deliver(2, 5).refusals()).hasSize(1);
            }
            client.deliver(3, 5);
        }
        assertThat(indexed()).hasSize(4).doesNotContain(Client.events(2, 3).get(0));
    }

    @Test
    void shouldAskAgainWhereTheServerIsTooBusyToSay() throws IOException {
        AtomicInteger questions = new AtomicInteger();
        splunk.reactAlways(ACK, conversation -> {
            int number = questions.incrementAndGet();
            conversation.reply(number == 2 || number == 3 ? HecReply.ofCode(503, 9) : splunk.take(conversation));
        });
        try (Client client = client()) {
            client.deliver(0, 3);
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 3));
    }

    @Test
    void shouldNotTakeAnErrorForAnAcknowledgement() throws IOException {
        AtomicInteger questions = new AtomicInteger();
        splunk.reactAlways(ACK, conversation -> {
            boolean first = questions.incrementAndGet() == 1;
            conversation.reply(first ? splunk.take(conversation) : HecReply.ofCode(403, 4));
        });
        try (Client client = client()) {
            assertThatThrownBy(() -> client.deliver(0, 3)).isInstanceOf(MisconfiguredDestinationException.class);
        }
        assertThat(indexed()).isEmpty();
    }

    @Test
    void shouldGoOnAfterTheServerWasBusy() throws IOException {
        splunk.reply(HecReply.ofCode(429, 27));
        try (Client client = client()) {
            assertThatThrownBy(() -> client.deliver(0, 3)).isInstanceOf(DestinationBusyException.class);
            client.deliver(0, 3);
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 3));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            200 | {"acks":{"1":true}}
            200 | {"acks":{"0":"true"}}
            200 | {"acks":{"0":1}}
            200 | {"acks":[0]}
            200 | {"0":true}
            200 | {"acks":{"0":true}
            200 | {"text":"Success","code":0}
            200 | <html>true</html>
            503 | {"acks":{"0":true}}
            429 | {"acks":{"0":true}}
            """)
    void shouldTakeNothingLessForAnAcknowledgement(int status, String said) throws IOException {
        AtomicInteger questions = new AtomicInteger();
        splunk.reactAlways(ACK, conversation -> {
            boolean first = questions.incrementAndGet() == 1; // about nothing
            conversation.reply(first ? splunk.take(conversation) : HecReply.of(status, said));
        });
        try (Client client = client()) {
            assertThatThrownBy(() -> client.deliver(0, 3))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessageContaining("did not acknowledge within");
        }
    }
}
