package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.elasticsearch.ElasticsearchRest;
import dev.affidavit.testkit.elasticsearch.ElasticsearchServer;
import dev.affidavit.testkit.extension.SampleLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real server does. */
@Timeout(300)
@Tag("receivers")
final class ServerTest {
    private static final String DATE = "-%{+yyyy.MM.dd}";

    private ElasticsearchServer server;
    private ElasticsearchRest rest;
    private String index;

    @BeforeEach
    void startServer() {
        server = TestServer.shared();
        rest = server.rest();
        index = TestServer.newIndex();
    }

    private static ForwardedLine event(int number, String timestamp) {
        return SampleLines.line(SampleLog.event(number)
                .replaceFirst("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"" + timestamp + "\""));
    }

    private static ForwardedLine withDetails(int number, String details) {
        return SampleLines.line(SampleLog.event(number).replace("{\"auth_method\":\"password\"}", details));
    }

    private Delivery deliver(Map<String, String> options, List<ForwardedLine> lines) throws IOException {
        try (Destination destination = Destinations.open(options)) {
            return destination.deliver(lines);
        }
    }

    private static String[] textsOf(List<ForwardedLine> lines) {
        return lines.stream()
                .map(line -> new String(line.json(), StandardCharsets.UTF_8))
                .toArray(String[]::new);
    }

    private List<String> stored(String name) {
        return StoredLines.textsOf(rest.sources(name));
    }

    @Test
    void shouldAnswerTheQueryOfTheFirstDocument() throws IOException {
        String query = """
                {
                "query": {
                "bool": {
                "must": [
                { "match": { "event_type": "AUTH_FAILED" }},
                { "range": { "timestamp": { "gte": "now-24h" }}}
                ]
                }
                }
                }""";
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<ForwardedLine> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String time = now.minus(i * 10L, ChronoUnit.HOURS).toString();
            ForwardedLine failure = event(i, time);
            lines.add(SampleLines.line(new String(failure.json(), java.nio.charset.StandardCharsets.UTF_8)
                    .replace("AUTH_FAILURE", i == 1 ? "AUTH_SUCCESS" : "AUTH_FAILED")));
        }
        deliver(Map.of("index", "entropydb-audit" + DATE, "installTemplate", "true"), lines);

        assertThat(StoredLines.textsOf(rest.search("entropydb-audit-*", query)))
                .containsExactlyInAnyOrder(textsOf(List.of(lines.get(0), lines.get(2))));
    }

    @Test
    void shouldStoreEachEventInTheIndexOfItsDayOnce() throws IOException {
        List<ForwardedLine> lines = List.of(
                event(1, "2026-12-31T23:59:59.999999Z"),
                event(2, "2027-01-01T00:00:00.000000Z"),
                SampleLines.line("not an event"));
        Map<String, String> options = Map.of("index", index + DATE);

        assertThat(deliver(options, lines)).isEqualTo(Delivery.ofAll(lines));
        assertThat(deliver(options, lines)).isEqualTo(Delivery.ofAll(lines));

        assertThat(stored(index + "-2026.12.31")).containsExactly(textsOf(lines.subList(0, 1)));
        assertThat(stored(index + "-2027.01.01")).containsExactly(textsOf(lines.subList(1, 2)));
        assertThat(stored(index + "-undated")).containsExactly("not an event");
    }

    @Test
    void shouldStoreNothingTwiceThatComesTwiceInOneBatch() throws IOException {
        List<ForwardedLine> lines = List.of(event(1, "x"), event(2, "x"), event(1, "x"));

        assertThat(deliver(Map.of("index", index), lines)).isEqualTo(Delivery.ofAll(lines));

        assertThat(stored(index)).containsExactly(textsOf(lines.subList(0, 2)));
    }

    @Test
    void shouldSettleWhatStandsBeforeAFullDisk() throws IOException {
        String blocked = index + "-2026.11.22";
        rest.ask("PUT", "/" + blocked, "");
        rest.ask("PUT", "/" + blocked + "/_settings", "{\"index.blocks.read_only_allow_delete\":true}");
        List<ForwardedLine> lines = List.of(
                event(1, "2026-11-21T00:00:00.000000Z"),
                event(2, "2026-11-22T00:00:00.000000Z"),
                event(3, "2026-11-21T00:00:00.000000Z"));
        try (Destination destination = Destinations.open(Map.of("index", index + DATE))) {
            assertThat(destination.deliver(lines)).isEqualTo(new Delivery(1, List.of()));
            assertThatThrownBy(() -> destination.deliver(lines.subList(1, 3)))
                    .isInstanceOf(DestinationBusyException.class)
                    .hasMessageContaining("answers 429 cluster_block_exception");

            rest.ask("PUT", "/" + blocked + "/_settings", "{\"index.blocks.read_only_allow_delete\":null}");
            assertThat(destination.deliver(lines.subList(1, 3))).isEqualTo(new Delivery(2, List.of()));
        }

        assertThat(stored(index + "-2026.11.21")).containsExactly(textsOf(List.of(lines.get(0), lines.get(2))));
        assertThat(stored(blocked)).containsExactly(textsOf(lines.subList(1, 2)));
    }

    @Test
    void shouldWaitForAnIndexThatIsReadOnly() throws IOException {
        rest.ask("PUT", "/" + index, "{\"settings\":{\"index.blocks.write\":true}}");

        assertThatThrownBy(() -> deliver(Map.of("index", index), SampleLines.events(0, 2)))
                .isInstanceOf(DestinationBusyException.class)
                .hasMessageContaining("answers 403 cluster_block_exception");
    }

    @Test
    void shouldCallAPersonWhereTheIndexIsClosedOrMayNotBeMade() {
        rest.ask("PUT", "/" + index, "");
        rest.ask("POST", "/" + index + "/_close", "");
        assertThatThrownBy(() -> deliver(Map.of("index", index), SampleLines.events(0, 2)))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining("index_closed_exception");

        rest.ask("PUT", "/_cluster/settings", "{\"persistent\":{\"action.auto_create_index\":\"-forbidden*,+*\"}}");
        assertThatThrownBy(() -> deliver(Map.of("index", "forbidden"), SampleLines.events(0, 2)))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining("index_not_found_exception");
    }

    @Test
    void shouldCallAPersonWhereTheIndexItselfRefusesEveryDocument() {
        rest.ask("PUT", "/" + index + "-1", "{\"aliases\":{\"" + index + "-alias\":{}}}");
        rest.ask("PUT", "/" + index + "-2", "{\"aliases\":{\"" + index + "-alias\":{}}}");
        requirePerson(index + "-alias", "no write index is defined for alias");

        rest.ask("PUT", "/" + index + "-piped", "{\"settings\":{\"index.default_pipeline\":\"nowhere\"}}");
        requirePerson(index + "-piped", "pipeline with id [nowhere] does not exist");

        rest.ask("PUT", "/" + index + "-routed", "{\"mappings\":{\"_routing\":{\"required\":true}}}");
        requirePerson(index + "-routed", "routing is required");
    }

    private void requirePerson(String name, String reason) {
        assertThatThrownBy(() -> deliver(Map.of("index", name), SampleLines.events(0, 2)))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldCallAPersonWhereTheClusterHasNoRoomForAnIndex() {
        rest.ask("PUT", "/_cluster/settings", "{\"persistent\":{\"cluster.max_shards_per_node\":1}}");
        try {
            rest.ask(
                    "PUT",
                    "/" + index + "-first?wait_for_active_shards=0",
                    "{\"settings\":{\"number_of_replicas\":0}}");
        } catch (AssertionError full) {
            // Other tests had their indices before.
        }
        try {
            assertThatThrownBy(() -> deliver(Map.of("index", index), SampleLines.events(0, 2)))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageContaining("maximum");
        } finally {
            rest.ask("PUT", "/_cluster/settings", "{\"persistent\":{\"cluster.max_shards_per_node\":null}}");
        }
    }

    @Test
    void shouldTellABatchThatIsTooLargeFromAServerThatIsBusy() throws IOException {
        String mebibyte = "x".repeat(1 << 20);
        List<ForwardedLine> lines = IntStream.range(0, TestServer.CONTENT_LIMIT_MB + 1)
                .mapToObj(i -> SampleLines.line(SampleLog.event(i).replace("bad password", mebibyte)))
                .toList();
        try (Destination destination = Destinations.open(Map.of("index", index, "installTemplate", "true"))) {
            assertThatThrownBy(() -> destination.deliver(lines)).isInstanceOf(BatchTooLargeException.class);
            assertThatThrownBy(() -> destination.deliver(lines.subList(0, TestServer.PRESSURE_LIMIT_MB + 1)))
                    .isInstanceOf(DestinationBusyException.class)
                    .hasMessageContaining("answers 429")
                    .hasMessageContaining("es_rejected_execution_exception");
            assertThat(rest.count(index)).isZero();

            assertThat(destination.deliver(lines.subList(0, 1))).isEqualTo(new Delivery(1, List.of()));
        }
        assertThat(stored(index)).containsExactly(textsOf(lines.subList(0, 1)));
    }

    // What a mapping does not take.

    @Test
    void shouldKeepAsTextWhatDoesNotFitTheMapping() throws IOException {
        rest.ask(
                "PUT",
                "/" + index,
                "{\"mappings\":{\"properties\":{\"details\":{\"properties\":{\"rows\":{\"type\":\"long\"}}}}}}");
        List<ForwardedLine> lines = List.of(
                withDetails(1, "{\"rows\":1}"), withDetails(2, "{\"rows\":\"many\"}"), withDetails(3, "{\"rows\":3}"));

        assertThat(deliver(Map.of("index", index), lines)).isEqualTo(Delivery.ofAll(lines));
        assertThat(deliver(Map.of("index", index), lines)).isEqualTo(Delivery.ofAll(lines));

        assertThat(stored(index)).containsExactlyInAnyOrder(textsOf(lines));
        assertThat(StoredLines.textsOf(
                        rest.search(index, "{\"query\":{\"match\":{\"id\":\"evt_1795213454000000002_1795213454\"}}}")))
                .as("it is found by its id")
                .contains(textsOf(lines)[1]);
    }

    @Test
    void shouldRefuseWhatTheMappingTakesInNoForm() throws IOException {
        rest.ask(
                "PUT",
                "/" + index,
                "{\"mappings\":{\"dynamic\":\"strict\",\"properties\":{\"@timestamp\":{\"type\":\"date\"}}}}");

        Delivery delivery = deliver(Map.of("index", index), SampleLines.events(0, 2));

        assertThat(delivery.settled()).isEqualTo(2);
        assertThat(delivery.refusals())
                .extracting(Delivery.Refusal::reason)
                .allMatch(reason -> reason.contains("strict_dynamic_mapping_exception"));
        assertThat(rest.count(index)).isZero();
    }

    @Test
    void shouldTakeHostileEventsUnderItsTemplate() throws IOException {
        String manyKeys = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"key%d\":%d".formatted(i, i))
                .collect(Collectors.joining(",", "{", "}"));
        String deep = "{\"a\":".repeat(30) + "1" + "}".repeat(30);
        List<ForwardedLine> lines = List.of(
                withDetails(1, manyKeys),
                withDetails(2, "{\"long\":\"%s\"}".formatted("ж".repeat(40_000))),
                withDetails(3, "{\"a.b\":1,\"a\":{\"b\":2},\"a..b\":3,\".\":4,\" \":5,\"\":6}"),
                withDetails(4, deep),
                withDetails(5, "{\"nul\\u0000key\":1}"),
                withDetails(6, "{\"%s\":1}".formatted("k".repeat(40_000))),
                SampleLines.line(SampleLog.event(7).replace("\"192.168.1.100\"", "\"no address\"")),
                SampleLines.line(SampleLog.event(8).replace("\"port\":5432", "\"port\":1e400")),
                SampleLines.line(SampleLog.event(9).replace("\"success\":false", "\"success\":\"perhaps\"")),
                SampleLines.line(SampleLog.event(10).replace("al|ice=\\\\x", "u".repeat(100_000))),
                SampleLines.line(SampleLog.event(11)
                        .replace("\"success\":false", "\"success\":false,\"_id\":\"x\",\"_source\":1")),
                SampleLines.line(
                        SampleLog.event(12).replace("\"success\":false", "\"success\":false,\"log_id\":\"x\"")),
                SampleLines.line(
                        SampleLog.event(13).replace("\"success\":false", "\"success\":false,\"a.b\":1,\"\":2")));
        Map<String, String> options = Map.of("index", index, "installTemplate", "true");

        assertThat(deliver(options, lines)).isEqualTo(Delivery.ofAll(lines));
        assertThat(deliver(options, lines)).isEqualTo(Delivery.ofAll(lines));

        assertThat(stored(index)).containsExactlyInAnyOrder(textsOf(lines));
        assertThat(rest.ask("GET", "/" + index + "/_mapping", "")).doesNotContain("key9999");
        assertThat(rest.search(index, "{\"query\":{\"term\":{\"details.key9999\":\"9999\"}}}"))
                .hasSize(1);
        assertThat(rest.search(index, "{\"query\":{\"term\":{\"ip_address.ip\":\"192.168.0.0/16\"}}}"))
                .isNotEmpty();
    }

    // Its template.

    @Test
    void shouldInstallItsTemplateOverNoneAndOverAnOlderOneOfItsOwn() throws IOException {
        String path = "/_index_template/affidavit-" + index;
        Map<String, String> options = Map.of("index", index + DATE, "installTemplate", "true");
        deliver(options, SampleLines.events(0, 1));
        String installed = rest.ask("GET", path, "");
        assertThat(installed).contains("\"index_patterns\":[\"" + index + "-*\"]", "\"flattened\"");

        String older = "{\"index_patterns\":[\"%s-*\"],\"version\":0%s}";
        rest.ask("PUT", path, older.formatted(index, ",\"_meta\":{\"managed_by\":\"affidavit\"}"));
        deliver(options, SampleLines.events(0, 1));
        assertThat(rest.ask("GET", path, "")).contains("\"version\":1,", "\"flattened\"");

        rest.ask("PUT", path, older.formatted(index, ""));
        deliver(options, SampleLines.events(0, 1));
        assertThat(rest.ask("GET", path, "")).as("somebody else's").doesNotContain("flattened");
    }

    @Test
    void shouldInstallNothingUnasked() throws IOException {
        deliver(Map.of("index", index), SampleLines.events(0, 1));

        assertThat(rest.ask("GET", "/_index_template/*", "")).doesNotContain("affidavit-" + index + "\"");
    }

    // Data streams.

    @Test
    void shouldFillADataStream() throws IOException {
        Map<String, String> options = Map.of("dataStream", "logs-" + index + "-default", "installTemplate", "true");
        List<ForwardedLine> lines = new ArrayList<>(SampleLines.events(0, 5));
        lines.add(SampleLines.line("not an event"));

        assertThat(deliver(options, lines)).isEqualTo(Delivery.ofAll(lines));
        assertThat(deliver(options, lines)).isEqualTo(Delivery.ofAll(lines));

        assertThat(stored("logs-" + index + "-default")).containsExactly(textsOf(lines));
        assertThat(rest.ask("GET", "/_cat/indices/.ds-logs-" + index + "*?expand_wildcards=all", ""))
                .contains(".ds-logs-" + index + "-default-");
    }

    @Test
    void shouldMakeNoIndexOfADataStreamWithoutATemplate() {
        assertThatThrownBy(() -> deliver(Map.of("dataStream", index), SampleLines.events(0, 1)))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining("requires a data stream, but no matching index template");
        assertThat(rest.count(index)).isZero();
    }

    // Other servers.

    @Test
    void shouldGoOnAtTheNextNodeWhenOneIsGone() throws IOException {
        Map<String, String> options = Map.of("index", index, "url", "http://127.0.0.1:1," + server.url());
        try (Destination destination = Destinations.open(options)) {
            for (int i = 0; i < 4; i++) {
                assertThat(destination.deliver(SampleLines.events(i, i + 1)).settled())
                        .isOne();
            }
        }

        assertThat(rest.count(index)).isEqualTo(4);
    }

    @Test
    void shouldLeaveNoThreadBehind() throws IOException {
        try (Destination destination = Destinations.open(Map.of("index", index))) {
            destination.deliver(SampleLines.events(0, 1));
            assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
        }

        dev.affidavit.testkit.Deadline.await(
                "the end of its threads",
                java.time.Duration.ofSeconds(60),
                () -> threads().isEmpty());
    }

    private static List<Thread> threads() {
        return Collections.unmodifiableList(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("affidavit-elasticsearch"))
                .toList());
    }
}
