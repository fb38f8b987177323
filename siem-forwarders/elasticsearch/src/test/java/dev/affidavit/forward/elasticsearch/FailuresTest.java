package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.extension.SampleLines;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that a real server does not give when it is asked to. The server here is a stand-in. */
@Timeout(300)
final class FailuresTest {
    private static final String ERROR =
            "{\"error\":{\"root_cause\":[],\"type\":\"some_exception\",\"reason\":\"you said $AUTH\"},\"status\":%d}";

    private static IOException failure(EchoServer server, Map<String, String> options) throws IOException {
        Map<String, String> all = new HashMap<>(options);
        all.put("url", server.url());
        try (server;
                Destination destination = Destinations.open(all)) {
            IOException failure =
                    catchThrowableOfType(IOException.class, () -> destination.deliver(SampleLines.events(0, 3)));
            assertThat(failure).as(server.toString()).isNotNull();
            assertThat(server.requests()).isPositive();
            return failure;
        }
    }

    private static IOException failure(EchoServer server) throws IOException {
        return failure(server, Map.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 403, 404, 405, 406, 407, 415, 418})
    void shouldCallAPersonWhereItIsRefused(int status) throws IOException {
        assertThat(failure(EchoServer.answering(status, ERROR.formatted(status))))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("answers " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500, 502})
    void shouldReadAnswersOfProxiesByTheirStatus(int status) throws IOException {
        IOException failure = failure(EchoServer.answering(status, "<html>$AUTH</html>")
                .with("Content-Type", "text/html")
                .without("X-Elastic-Product"));

        assertThat(failure).hasMessageContaining("answers " + status);
        assertThat(failure instanceof MisconfiguredDestinationException).isEqualTo(status < 500);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 502, 503, 504})
    void shouldPauseWhereItIsAskedTo(int status) throws IOException {
        DestinationBusyException failure = (DestinationBusyException)
                failure(EchoServer.answering(status, ERROR.formatted(status)).with("Retry-After", "17"));

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(17));
        assertThat(failure).hasMessageContaining("some_exception");
    }

    @Test
    void shouldPauseUntilTheTimeThatItIsAskedTo() throws IOException {
        DestinationBusyException failure = (DestinationBusyException)
                failure(EchoServer.answering(503, "").with("Retry-After", "Fri, 31 Dec 2100 23:59:59 GMT"));

        assertThat(failure.retryAfter()).isPositive();
    }

    @Test
    void shouldAskForSmallerBatches() throws IOException {
        assertThat(failure(EchoServer.answering(413, ""))).isInstanceOf(BatchTooLargeException.class);
    }

    @Test
    void shouldTryAgainWhereTheServerFails() throws IOException {
        assertThat(failure(EchoServer.answering(500, ERROR.formatted(500))))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("answers 500");
    }

    @Test
    void shouldSayThatItIsNotElasticsearch() throws IOException {
        String items = "{\"took\":1,\"errors\":false,\"items\":[]}";

        assertThat(failure(EchoServer.answering(200, items).without("X-Elastic-Product")))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining("OpenSearch is not supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"took\":1,\"errors\":false,\"items\":[]}",
                "{\"took\":1,\"errors\":false}",
                "{}",
                "[]",
                "",
                "not JSON",
                "{\"took\":1,\"errors\":false,\"items\":[",
                "{\"took\":1,\"errors\":true,\"items\":[{\"create\":{\"_index\":\"audit\",\"status\":201}}]}",
                "{\"took\":1,\"errors\":true,\"items\":[{\"create\":{\"_index\":\"audit\",\"status\":201}},{\"create\":{}},{}]}"
            })
    void shouldTakeNoAnswerForOneThatDoesNotNameEveryDocument(String body) throws IOException {
        assertThat(failure(EchoServer.answering(200, body))).isNotInstanceOf(MisconfiguredDestinationException.class);
    }

    private static String items(String... items) {
        return "{\"took\":1,\"errors\":true,\"items\":[%s]}".formatted(String.join(",", items));
    }

    private static String item(int status, String rest) {
        return "{\"create\":{\"_index\":\"audit\",\"_id\":\"x\",\"status\":%d%s}}".formatted(status, rest);
    }

    private static String error(String type) {
        return ",\"error\":{\"type\":\"%s\",\"reason\":\"you said $AUTH\"}".formatted(type);
    }

    private static Delivery delivery(String... items) throws IOException {
        try (EchoServer server = EchoServer.answering(200, items(items));
                Destination destination = Destinations.open(Map.of("url", server.url(), "index", "audit"))) {
            return destination.deliver(SampleLines.events(0, items.length));
        }
    }

    @Test
    void shouldSettleWhatStandsBeforeTheFirstThatCameTooMuch() throws IOException {
        Delivery delivery = delivery(
                item(201, ",\"result\":\"created\""),
                item(409, error("version_conflict_engine_exception")),
                item(429, error("es_rejected_execution_exception")),
                item(201, ",\"result\":\"created\""));

        assertThat(delivery.settled()).isEqualTo(2);
        assertThat(delivery.refusals()).isEmpty();
    }

    @Test
    void shouldRefuseWhatTheFailureStoreHas() throws IOException {
        Delivery delivery =
                delivery(item(201, ",\"failure_store\":\"used\""), item(201, ",\"failure_store\":\"not_enabled\""));

        assertThat(delivery.settled()).isEqualTo(2);
        assertThat(delivery.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.index()).isZero();
            assertThat(refusal.reason()).contains("failure store");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "401, security_exception, true",
        "403, security_exception, true",
        "404, index_not_found_exception, true",
        "400, index_closed_exception, true",
        "400, validation_exception, true",
        "403, cluster_block_exception, false",
        "429, cluster_block_exception, false",
        "500, some_exception, false",
        "503, unavailable_shards_exception, false"
    })
    void shouldTellAFirstItemThatIsNotSettled(int status, String type, boolean personHasToAct) {
        assertThatThrownBy(() -> delivery(item(status, error(type))))
                .isInstanceOf(personHasToAct ? MisconfiguredDestinationException.class : DestinationBusyException.class)
                .hasMessageContaining(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "document_parsing_exception",
                "mapper_parsing_exception",
                "strict_dynamic_mapping_exception",
                "illegal_argument_exception"
            })
    void shouldRefuseWhatIsRefusedAsTextToo(String type) throws IOException {
        Delivery delivery = delivery(item(400, error(type)));

        assertThat(delivery.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains(type));
    }

    @ParameterizedTest
    @CsvSource({
        "apiKey, VuaCfGcBCdbkQm-e5aOx:ui2lp2axTNmsyakw9tvNnw",
        "apiKey, VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==",
        "bearerToken, ui2lp2axTNmsyakw9tvNnw",
        "password, ui2lp2axTNmsyakw9tvNnw"
    })
    void shouldShowNoSecretThatTheServerRepeats(String option, String secret) throws IOException {
        System.setProperty("affidavit.test.secret", secret);
        Map<String, String> options = new HashMap<>(Map.of(option, "sys:affidavit.test.secret"));
        if (option.equals("password")) {
            options.put("user", "audit");
        }
        for (int status : new int[] {200, 400, 401, 403, 413, 429, 500, 503}) {
            String told = "$AUTH %s ui2lp2axTNmsyakw9tvNnw".formatted(secret);
            IOException failure = failure(EchoServer.answering(status, ERROR.formatted(status) + told), options);

            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString())
                        .doesNotContain(secret, "ui2lp2axTNmsyakw9tvNnw")
                        .doesNotContain("VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw")
                        .doesNotContain("YXVkaXQ6dWkybHAyYXhUTm1zeWFrdzl0dk5udw");
            }
        }
    }

    @Test
    void shouldGoOnAtTheNextNode() throws IOException {
        try (EchoServer broken = EchoServer.answering(503, "");
                EchoServer good = EchoServer.answering(200, items(item(201, "")));
                Destination destination = Destinations.open(
                        Map.of("url", "http://127.0.0.1:1,%s,%s".formatted(broken.url(), good.url())))) {
            for (int i = 0; i < 6; i++) {
                assertThat(destination.deliver(SampleLines.events(i, i + 1)).settled())
                        .isOne();
            }
            assertThat(good.requests()).isEqualTo(6);
            assertThat(broken.requests()).isLessThan(6);
        }
    }
}
