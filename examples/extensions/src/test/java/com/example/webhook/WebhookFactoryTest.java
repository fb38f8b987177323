package com.example.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is made once, and what is made for each opening. */
@Timeout(180)
final class WebhookFactoryTest {
    private static final LogIdentity LOG = new LogIdentity("00112233445566778899aabbccddeeff", "payments", "host1");
    private static final List<ForwardedLine> LINES = List.of(new ForwardedLine(new byte[] {'{', '}'}));

    private static DestinationFactory factory(String url) {
        return new WebhookFactory(new Webhook(URI.create(url), null, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    }

    @Test
    void shouldHaveOneClientHoweverOftenItIsOpened() throws IOException {
        List<Destination> opened = new ArrayList<>(); // kept, since what nobody holds may be gone before it is counted
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            receiver.replyWith(500, "");
            DestinationFactory factory = factory(receiver.url());
            Set<Long> before = clients();
            for (int i = 0; i < 20; i++) {
                Destination destination = factory.open(LOG);
                opened.add(destination);
                assertThatThrownBy(() -> destination.deliver(LINES)).isInstanceOf(IOException.class);
                destination.close();
            }

            Set<Long> more = clients();
            more.removeAll(before);
            assertThat(more).hasSize(1);
            assertThat(opened).hasSize(20);
        }
    }

    @Test
    void shouldDeliverThroughTheClientOfOneThatIsClosed() throws IOException {
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            DestinationFactory factory = factory(receiver.url());
            Destination first = factory.open(LOG);
            try (Destination second = factory.open(LOG)) {
                first.deliver(LINES);
                first.close();
                second.deliver(LINES);
            }

            assertThatThrownBy(() -> first.deliver(LINES)).isInstanceOf(IOException.class);
            assertThat(receiver.texts()).containsExactly("{}", "{}");
        }
    }

    /** The threads that clients have, one each. */
    private static Set<Long> clients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
                .map(Thread::getId)
                .collect(Collectors.toSet());
    }
}
