package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.splunk.HecReply;
import dev.affidavit.testkit.splunk.HecSetup;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of events where there is no answer. */
final class BrokenConnectionTest extends AgainstFakeSplunk {
    private static final Duration SOON = Duration.ofMinutes(2);

    BrokenConnectionTest() {
        super(new HecSetup());
    }

    @Test
    void shouldFailWhenTheConnectionBreaksInTheBody() throws IOException {
        splunk.react(conversation -> conversation.resetInBody());
        try (Client client = Client.of(splunk)) {
            assertThatThrownBy(() -> client.deliver(0, 1000)).isInstanceOf(IOException.class);
            client.reopen();
            client.deliver(0, 1000);
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 1000));
    }

    @Test
    void shouldSendAgainWhatWasTakenWithoutAnAnswer() throws IOException {
        splunk.react(conversation -> {
            splunk.take(conversation);
            conversation.reset();
        });
        try (Client client = Client.of(splunk)) {
            assertThatThrownBy(() -> client.deliver(0, 2)).isInstanceOf(IOException.class);
            client.reopen();
            client.deliver(0, 2);
        }
        assertThat(indexed())
                .as("twice, to be told apart by id")
                .hasSize(4)
                .startsWith(Client.events(0, 2).get(0));
    }

    @Test
    void shouldNotTakeALateAnswerForThatOfTheNextRequest() throws IOException {
        splunk.react(conversation -> {
            splunk.take(conversation);
            conversation.hang(splunk.end());
        });
        try (Client client = Client.of(splunk, "requestTimeout", "3s")) {
            assertThatThrownBy(() -> client.deliver(0, 2))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage(splunk.url() + ": no answer within 3000 ms");
            Deadline.await("an answer of its own", SOON, () -> isBusy(client));
        }
    }

    /** False if the machine stood still for so long that this answer came too late as well. */
    private boolean isBusy(Client client) {
        try {
            client.reopen();
            splunk.reply(HecReply.ofCode(503, 9));
            client.deliver(0, 2);
        } catch (DestinationBusyException e) {
            return true;
        } catch (IOException e) {
            assertThat(e).hasMessageEndingWith(": no answer within 3000 ms");
            return false;
        }
        throw new AssertionError("expected a busy Splunk, found events that it took");
    }

    @Test
    void shouldWaitForAnAnswerThatComesBitByBit() throws IOException {
        splunk.react(conversation -> conversation.replySlowly(splunk.take(conversation)));
        try (Client client = Client.of(splunk)) {
            client.deliver(0, 2);
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 2));
    }

    @Test
    void shouldSayWhereItCannotConnect() throws IOException {
        try (Client client = Client.of(splunk)) {
            splunk.stop();
            assertThatThrownBy(() -> client.deliver(0, 1))
                    .hasMessage(splunk.url() + ": cannot connect; is it there, and is its name known?");
            splunk.restart();
        }
    }
}
