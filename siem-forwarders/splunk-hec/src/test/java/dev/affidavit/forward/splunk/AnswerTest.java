package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.splunk.FakeSplunk;
import dev.affidavit.testkit.splunk.HecReply;
import dev.affidavit.testkit.splunk.HecSetup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of events by what is answered. */
final class AnswerTest extends AgainstFakeSplunk {
    AnswerTest() {
        super(new HecSetup());
    }

    @Test
    void shouldGoOnAfterTheServerWasBusy() throws IOException {
        splunk.reply(HecReply.ofCode(503, 9).with("Retry-After", "7"));
        try (Client client = Client.of(splunk)) {
            assertThatThrownBy(() -> client.deliver(0, 3))
                    .isInstanceOfSatisfying(
                            DestinationBusyException.class,
                            busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(7)))
                    .hasMessage(splunk.url() + " answered 503, code 9: the server is busy");

            assertThat(client.deliver(0, 3)).isEqualTo(new Delivery(3, List.of()));
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 3));
    }

    @ParameterizedTest
    @CsvSource({"401, 2", "401, 3", "403, 4", "403, 1", "400, 7", "400, 10", "400, 11", "400, 14", "400, 16", "400, 28"
    })
    void shouldAskAPersonToAct(int status, int code) throws IOException {
        splunk.reply(HecReply.ofCode(status, code));
        try (Client client = Client.of(splunk)) {
            assertThatThrownBy(() -> client.deliver(0, 3))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageStartingWith(splunk.url() + " answered %d, code %d: ".formatted(status, code));
        }
    }

    @Test
    void shouldNotSendAgainWhatAWrongIndexRefuses() throws IOException {
        restart(new HecSetup().indexes("main"));
        try (Client client = Client.of(splunk, "index", "audit")) {
            assertThatThrownBy(() -> client.deliver(0, 3))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageContaining("look at index");
        }
        assertThat(indexed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 12, 13, 15})
    void shouldTakeThoseBeforeABadEventForTaken(int code) throws IOException {
        restart(new HecSetup().refuse(code, SampleEvents.number(2)));
        try (Client client = Client.of(splunk)) {
            Delivery delivery = client.deliver(0, 5);

            assertThat(delivery.settled()).isEqualTo(3);
            assertThat(delivery.refusals()).singleElement().satisfies(refusal -> {
                assertThat(refusal.index()).isEqualTo(2);
                assertThat(refusal.reason()).contains("answered 400, code " + code);
            });
            client.deliver(3, 5);
        }
        assertThat(indexed())
                .containsExactly(
                        Client.events(0, 5).get(0),
                        Client.events(0, 5).get(1),
                        Client.events(0, 5).get(3),
                        Client.events(0, 5).get(4));
    }

    @Test
    void shouldSendTheFirstAloneToSeeThatItIsBad() throws IOException {
        restart(new HecSetup().refuse(6, SampleEvents.number(0)));
        try (Client client = Client.of(splunk)) {
            Delivery delivery = client.deliver(0, 5);

            assertThat(delivery.settled()).isOne();
            assertThat(delivery.refusals()).hasSize(1);
            assertThat(client.deliver(1, 5).settled()).isEqualTo(4);
        }
        assertThat(indexed()).isEqualTo(Client.events(1, 5));
    }

    @Test
    void shouldFindOutByTheFirstThatItWasTheSize() throws IOException {
        restart(new HecSetup().cloudLimit(5000));
        try (Client client = Client.of(splunk)) {
            assertThat(client.deliver(0, 100)).isEqualTo(new Delivery(1, List.of()));
            int requests = splunk.submissions().size();
            assertThatThrownBy(() -> client.deliver(1, 101))
                    .isInstanceOf(BatchTooLargeException.class)
                    .hasMessageContaining("before");
            assertThat(splunk.submissions()).as("what is as large is not sent").hasSize(requests);

            assertThat(client.deliver(1, 5).settled()).isEqualTo(4);
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 5));
    }

    @Test
    void shouldLetTheEngineSearchForABadEventThatHasNoNumber() throws IOException {
        splunk.reply(HecReply.ofCode(400, 6), HecReply.ofEvent(400, 6, 17), HecReply.ofEvent(400, 6, -1));
        try (Client client = Client.of(splunk)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> client.deliver(0, 5)).isInstanceOf(BatchTooLargeException.class);
            }
        }
    }

    @Test
    void shouldLetTheEngineHalveWhatIsTooLarge() throws IOException {
        restart(new HecSetup().maxContentLength(1000));
        try (Client client = Client.of(splunk)) {
            assertThatThrownBy(() -> client.deliver(0, 500)).isInstanceOf(BatchTooLargeException.class);
            client.deliver(0, 1);
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 1));
    }

    @Test
    void shouldGoOnMoreSlowlyWhereTheQueueIsNearlyFull() throws IOException {
        for (int code : new int[] {24, 25, 24, 24, 24, 24}) {
            splunk.react(conversation -> {
                splunk.take(conversation);
                conversation.reply(HecReply.ofCode(200, code));
            });
        }
        try (Client client = Client.of(splunk)) {
            for (int i = 0; i < 8; i++) {
                assertThat(client.deliver(i, i + 1).settled()).isOne();
            }
            assertThat(client.time().pauses())
                    .containsExactly(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(4),
                            Duration.ofSeconds(8),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(10));
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 8));
    }

    @Test
    void shouldNotTakeTheSuccessOfAProxyForAReceipt() throws IOException {
        splunk.reply(HecReply.of(200, "<html>Welcome</html>"), HecReply.ofCode(200, 17));
        try (Client client = Client.of(splunk)) {
            assertThatThrownBy(() -> client.deliver(0, 3))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessageContaining("not as Splunk does");
            assertThatThrownBy(() -> client.deliver(0, 3)).isExactlyInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldNotFollowARedirectWithTheToken() throws IOException {
        try (FakeSplunk other = FakeSplunk.start()) {
            splunk.reply(HecReply.of(307, "").with("Location", other.url() + "/services/collector/event/1.0"));
            try (Client client = Client.of(splunk)) {
                assertThatThrownBy(() -> client.deliver(0, 3))
                        .isInstanceOf(MisconfiguredDestinationException.class)
                        .hasMessageContaining("say where in url");
            }
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void shouldReadNoMoreOfAnAnswerThanItNeeds() throws IOException {
        splunk.reply(HecReply.of(200, "{\"text\":\"%s\",\"code\":0}".formatted("x".repeat(10_000_000))));
        try (Client client = Client.of(splunk)) {
            assertThatThrownBy(() -> client.deliver(0, 3)).isExactlyInstanceOf(IOException.class);
        }
    }
}
