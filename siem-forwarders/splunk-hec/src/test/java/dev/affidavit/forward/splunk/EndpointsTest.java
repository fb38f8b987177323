package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.splunk.FakeSplunk;
import dev.affidavit.testkit.splunk.HecReply;
import dev.affidavit.testkit.splunk.HecRequest;
import dev.affidavit.testkit.splunk.HecSetup;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which endpoint events go to, and when it is asked for its health. */
final class EndpointsTest extends AgainstFakeSplunk {
    EndpointsTest() {
        super(new HecSetup());
    }

    @Test
    void shouldAskForHealthOnceItHasFailed() throws IOException {
        splunk.reply(HecReply.ofCode(503, 23));
        try (Client client = Client.of(splunk)) {
            assertThatThrownBy(() -> client.deliver(0, 1)).isInstanceOf(DestinationBusyException.class);
            for (int code : new int[] {18, 19, 20, 23}) {
                splunk.reactAlways(
                        "/services/collector/health", conversation -> conversation.reply(HecReply.ofCode(503, code)));
                assertThatThrownBy(() -> client.deliver(0, 1))
                        .isInstanceOf(DestinationBusyException.class)
                        .hasMessageContaining("code " + code);
            }
            assertThat(splunk.submissions()).as("it got no more events").hasSize(1);
            splunk.reactAlways("", conversation -> {});

            client.deliver(0, 1);
            int asked = splunk.requests().size();
            client.deliver(1, 2);

            assertThat(splunk.requests()).as("it works, so nothing is asked").hasSize(asked + 1);
            assertThat(splunk.requests().get(1).header("Authorization")).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"403, no such thing", "404, ", "200, <html></html>", "200, '{\"code\":24}'"})
    void shouldBearWhatAnotherThanSplunkSaysOfHealth(int status, String body) throws IOException {
        splunk.reply(HecReply.ofCode(500, 8));
        HecReply health = HecReply.of(status, body == null ? "" : body);
        splunk.reactAlways("/services/collector/health", conversation -> conversation.reply(health));
        try (Client client = Client.of(splunk)) {
            assertThatThrownBy(() -> client.deliver(0, 1)).isExactlyInstanceOf(IOException.class);
            client.reopen();
            client.deliver(0, 1);
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 1));
    }

    @Test
    void shouldTryAConnectionThatWasIdleBeforeItSendsEvents() throws IOException {
        try (Client client = Client.of(splunk)) {
            client.deliver(0, 1);
            client.time().pass(Duration.ofSeconds(9));
            client.deliver(1, 2);
            assertThat(splunk.requests()).hasSize(2);
            client.time().pass(Duration.ofSeconds(11));
            client.deliver(2, 3);
        }
        assertThat(splunk.requests())
                .extracting(HecRequest::path)
                .containsExactly(
                        "/services/collector/event/1.0",
                        "/services/collector/event/1.0",
                        "/services/collector/health/1.0",
                        "/services/collector/event/1.0");
    }

    @Test
    void shouldUseOneEndpointUntilItFailsAndThenTheNext() throws IOException {
        try (FakeSplunk other = FakeSplunk.start();
                Client client = Client.of(splunk, "url", splunk.url() + "," + other.url())) {
            client.deliver(0, 1);
            client.reopen();
            client.deliver(1, 2);
            splunk.reply(HecReply.ofCode(503, 23).with("Retry-After", "600"));
            assertThatThrownBy(() -> client.deliver(2, 3))
                    .as("the other one is not asked to wait")
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessageContaining("code 23")
                    .hasMessageEndingWith("next is " + other.url());
            client.reopen();
            client.deliver(2, 3);
            client.reopen();
            client.deliver(3, 4);
            other.stop();
            assertThatThrownBy(() -> client.deliver(4, 5)).isInstanceOf(IOException.class);
            client.reopen();
            client.deliver(4, 5);

            assertThat(indexed())
                    .containsExactlyElementsOf(Client.events(0, 5).stream()
                            .filter(event -> !Client.events(2, 4).contains(event))
                            .toList());
            assertThat(Client.indexed(other)).isEqualTo(Client.events(2, 4));
            other.restart();
        }
    }

    @ParameterizedTest
    @CsvSource({"403, 4", "401, 3", "400, 7", "403, ", "404, "})
    void shouldGoToTheNextEndpointWhereOneRefusesThisClient(int status, @Nullable Integer code) throws IOException {
        try (FakeSplunk other = FakeSplunk.start();
                Client client = Client.of(splunk, "url", splunk.url() + "," + other.url())) {
            splunk.reply(code == null ? HecReply.of(status, "") : HecReply.ofCode(status, code));
            assertThatThrownBy(() -> client.deliver(0, 2))
                    .as("nobody waits for a person while there is another place")
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessageContaining("answered " + status)
                    .hasMessageEndingWith("next is " + other.url());
            client.reopen();
            client.deliver(0, 2);

            assertThat(Client.indexed(other)).isEqualTo(Client.events(0, 2));
        }
    }

    @Test
    void shouldAskAPersonToActOnceAllRefuseThisClient() throws IOException {
        try (FakeSplunk other = FakeSplunk.start();
                Client client = Client.of(splunk, "url", splunk.url() + "," + other.url())) {
            for (int round = 0; round < 2; round++) {
                splunk.reply(HecReply.ofCode(403, 4));
                other.reply(HecReply.ofCode(400, 7));
                assertThatThrownBy(() -> client.deliver(0, 2)).isExactlyInstanceOf(IOException.class);
                client.reopen();
                assertThatThrownBy(() -> client.deliver(0, 2))
                        .isInstanceOf(MisconfiguredDestinationException.class)
                        .hasMessageContaining(splunk.url() + " answered 403, code 4")
                        .hasMessageContaining(other.url() + " answered 400, code 7");
                client.reopen();
            }
            client.deliver(0, 2);
        }
        assertThat(indexed()).isEqualTo(Client.events(0, 2));
    }

    @Test
    void shouldPauseOnceAllAskForIt() throws IOException {
        try (FakeSplunk other = FakeSplunk.start();
                Client client = Client.of(splunk, "url", splunk.url() + "," + other.url())) {
            splunk.reply(HecReply.ofCode(503, 9).with("Retry-After", "600"));
            other.reply(HecReply.ofCode(429, 26).with("Retry-After", "30"));
            assertThatThrownBy(() -> client.deliver(0, 2)).isExactlyInstanceOf(IOException.class);
            client.reopen();
            assertThatThrownBy(() -> client.deliver(0, 2))
                    .isInstanceOfSatisfying(
                            DestinationBusyException.class,
                            busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
            client.deliver(0, 2);

            assertThat(Client.indexed(other)).as("it was kept open").isEqualTo(Client.events(0, 2));
        }
    }
}
