package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.spi.StoredLines;
import dev.affidavit.testkit.Ports;
import dev.affidavit.testkit.extension.SampleLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers to a search. Where there is a server, it is a stand-in. */
@Timeout(120)
final class SearchPageTest {
    private static SearchPage page(String json) throws IOException {
        return SearchPage.of(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void read(String url) throws IOException {
        StoredLines stored = (StoredLines) Destinations.factory(Map.of("url", url));
        stored.read(SampleLines.LOG.logId(), (line, id) -> {});
    }

    @Test
    void shouldKeepDocumentsToTheByte() throws IOException {
        SearchPage page = page("""
                {"pit_id":"p2","took":1,"timed_out":false,"_shards":{"total":1,"failures":[{"a":1}],"failed":0},
                "hits":{"max_score":null,"hits":[
                {"_index":"i","_source":{"a":1.0e5, "b":"\\u00e9 é \\/"},"sort":[7]},
                {"sort":[8],"_source":{"hits":{"hits":[{"_source":{}}]}},"fields":{"x":[1]}}]},"x":{"hits":[1]}}""");

        assertThat(page.sources())
                .extracting(source -> new String(source, StandardCharsets.UTF_8))
                .isEqualTo(
                        List.of("{\"a\":1.0e5, \"b\":\"\\u00e9 é \\/\"}", "{\"hits\":{\"hits\":[{\"_source\":{}}]}}"));
        assertThat(page.pit()).isEqualTo("p2");
        assertThat(page.sort()).isEqualTo(8);
        assertThat(page.isWhole()).isTrue();
        assertThat(page.lacksSource()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void shouldTellThatNotAllPartsHaveAnswered(boolean timedOut, int failed) throws IOException {
        String answer =
                "{\"id\":\"x\",\"timed_out\":%s,\"_shards\":{\"total\":2,\"successful\":1,\"failed\":%d},\"hits\":{\"hits\":[]}}"
                        .formatted(timedOut, failed);
        assertThat(page(answer).isWhole()).isFalse();

        try (EchoServer server = EchoServer.answering(200, answer)) {
            assertThatThrownBy(() -> read(server.url()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not all parts of the index have answered");
        }
    }

    @Test
    void shouldNotTakeADocumentThatIsNotKeptForNone() throws IOException {
        String answer =
                "{\"id\":\"x\",\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0},\"hits\":{\"hits\":[{\"_id\":\"1\",\"sort\":[1]}]}}";

        try (EchoServer server = EchoServer.answering(200, answer)) {
            assertThatThrownBy(() -> read(server.url()))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageContaining("no _source");
        }
    }

    @Test
    void shouldSayThatThereIsNoSuchIndex() throws IOException {
        String answer =
                "{\"error\":{\"root_cause\":[],\"type\":\"index_not_found_exception\",\"reason\":\"no such index [x]\"},\"status\":404}";

        try (EchoServer server = EchoServer.answering(404, answer)) {
            assertThatThrownBy(() -> read(server.url()))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageContainingAll("no such index [x]", "Look at index");
        }
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        String url = "http://127.0.0.1:" + Ports.free();

        assertThatThrownBy(() -> read(url)).isInstanceOf(IOException.class).hasMessageContaining("127.0.0.1");
    }
}
