package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.splunk.HecRequest;
import dev.affidavit.testkit.splunk.HecSetup;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent for events. */
final class EventRequestTest extends AgainstFakeSplunk {
    EventRequestTest() {
        super(new HecSetup());
    }

    @Test
    void shouldSendWhatSplunkIndexesEventsBy() throws IOException {
        try (Client client = Client.of(splunk, "index", "audit", "fields", "severity,username")) {
            client.deliver(7, 8);
        }

        assertThat(splunk.indexed()).singleElement().satisfies(event -> {
            assertThat(event.time()).isEqualTo("1795213454.000007");
            assertThat(event.metadata())
                    .isEqualTo(Map.of(
                            "host", "host1", "source", "payments", "sourcetype", "affidavit:json", "index", "audit"));
            assertThat(event.fields())
                    .isEqualTo(Map.of(
                            "event_id",
                            "evt_1795213454000000007_1795213454",
                            "log_id",
                            "00ff",
                            "severity",
                            "WARNING",
                            "username",
                            "al|ice=\\x"));
        });
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "none, "})
    void shouldIdentifyItselfAndSayWhatItSends(String compression, String coding) throws IOException {
        try (Client client = Client.of(splunk, "compression", compression)) {
            client.deliver(0, 100);
        }

        HecRequest request = splunk.submissions().get(0);
        assertThat(request.requestLine()).isEqualTo("POST /services/collector/event/1.0 HTTP/1.1");
        assertThat(request.header("Authorization")).isEqualTo("Splunk " + HecSetup.TOKEN);
        assertThat(request.header("User-Agent")).startsWith("affidavit/");
        assertThat(request.header("Content-Encoding")).isEqualTo(coding);
        assertThat(request.header("X-Splunk-Request-Channel")).isNull();
        assertThat(splunk.requests()).as("no other").hasSize(1);
    }
}
