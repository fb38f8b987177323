package com.example.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each class of answer means. */
@Timeout(180)
final class WebhookDestinationTest {
    private static final LogIdentity LOG = new LogIdentity("00112233445566778899aabbccddeeff", "payments", "host1");

    private final WebhookReceiver receiver = WebhookReceiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    private Delivery deliver(String... lines) throws IOException {
        return deliverWithin(Duration.ofMinutes(1), lines);
    }

    private Delivery deliverWithin(Duration timeout, String... lines) throws IOException {
        return deliverTo(URI.create(receiver.url()), timeout, lines);
    }

    private static Delivery deliverTo(URI url, Duration timeout, String... lines) throws IOException {
        Webhook webhook = new Webhook(url, null, Duration.ofMinutes(1), timeout);
        try (Destination destination = new WebhookFactory(webhook).open(LOG)) {
            return destination.deliver(Stream.of(lines)
                    .map(line -> new ForwardedLine(line.getBytes(StandardCharsets.UTF_8)))
                    .toList());
        }
    }

    @Test
    void shouldPostJsonLinesAndSayWhoseLogItIs() throws IOException {
        Delivery delivery = deliver("{\"id\":\"1\"}", "{\"id\":\"2\"}");

        assertThat(delivery).isEqualTo(new Delivery(2, List.of()));
        assertThat(receiver.texts()).containsExactly("{\"id\":\"1\"}", "{\"id\":\"2\"}");
        assertThat(receiver.requests())
                .singleElement()
                .asString()
                .startsWith("POST /T000/secret-path ")
                .contains("Content-type=[application/x-ndjson]")
                .contains("Affidavit-log-id=[" + LOG.logId() + "]")
                .doesNotContain("Authorization");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void shouldTakeSuccessForAReceipt(int status) throws IOException {
        receiver.replyWith(status, "");

        assertThat(deliver("{}", "{}").settled()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"301,url", "302,url", "307,url", "308,url", "401,token", "403,token", "404,url", "405,url", "410,url"})
    void shouldSayThatAPersonHasToDoSomething(int status, String option) {
        receiver.replyWith(status, "go away", "Location", "http://127.0.0.1:1/elsewhere");

        assertThatThrownBy(() -> deliver("{}"))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageStartingWith(
                        "webhook on http://127.0.0.1:%d answered %d: go away. ".formatted(receiver.port(), status))
                .hasMessageContaining(option)
                .hasMessageNotContaining("secret-path");
        assertThat(receiver.requests()).as("redirections are not followed").hasSize(1);
    }

    @Test
    void shouldAskForASmallerBatch() {
        receiver.replyWith(413, "");

        assertThatThrownBy(() -> deliver("{}", "{}"))
                .isInstanceOf(BatchTooLargeException.class)
                .hasMessageEndingWith("answered 413");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void shouldFindTheLineThatIsRefused(int status) throws IOException {
        receiver.replyWith(status, "no such\r\nfield \u001b[31m");

        assertThatThrownBy(() -> deliver("{}", "{}")).isInstanceOf(BatchTooLargeException.class);
        Delivery delivery = deliver("{}");

        assertThat(delivery.settled()).isOne();
        assertThat(delivery.refusals())
                .singleElement()
                .satisfies(refusal ->
                        assertThat(refusal.reason()).endsWith("answered %d: no such field [31m".formatted(status)));
    }

    @ParameterizedTest
    @CsvSource({"429,7,7", "503,120,120", "503,0,0"})
    void shouldPauseAsLongAsTheServerSays(int status, String header, long seconds) {
        receiver.replyWith(status, "", "Retry-After", header);

        assertThatThrownBy(() -> deliver("{}"))
                .isInstanceOfSatisfying(
                        DestinationBusyException.class,
                        busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
    }

    @Test
    void shouldPauseUntilTheServerSays() {
        ZonedDateTime inAnHour = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
        receiver.replyWith(503, "", "Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(inAnHour));

        assertThatThrownBy(() -> deliver("{}"))
                .isInstanceOfSatisfying(
                        DestinationBusyException.class,
                        busy -> assertThat(busy.retryAfter()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
        receiver.replyWith(503, "", "Retry-After", "Mon, 19 Jan 2026 02:54:27 GMT");
        assertThatThrownBy(() -> deliver("{}"))
                .isInstanceOfSatisfying(
                        DestinationBusyException.class,
                        busy -> assertThat(busy.retryAfter()).isZero());
    }

    @ParameterizedTest
    @CsvSource({"500,", "502,", "408,", "418,", "503,soon", "429,-3"})
    void shouldTryAgainAfterAnythingElse(int status, String retryAfter) {
        receiver.replyWith(status, "", "Retry-After", retryAfter == null ? "" : retryAfter);

        assertThatThrownBy(() -> deliver("{}"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageEndingWith("answered " + status);
    }

    @Test
    void shouldKeepOnlyTheBeginningOfWhatTheServerSays() {
        receiver.replyWith(500, "x".repeat(1_000_000));

        assertThatThrownBy(() -> deliver("{}")).hasMessageEndingWith("500: " + "x".repeat(200));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404, 413, 429, 500})
    void shouldHideItsPathAndQueryWhereTheServerRepeatsThem(int status) {
        receiver.replyWithEcho(status);

        assertThat(said("?key=qu3ry-s3cr3t&v=1"))
                .contains("answered %d: no … for ….".formatted(status))
                .doesNotContain("secret-path")
                .doesNotContain("s3cr3t");
    }

    @Test
    void shouldHideLongPartsOfItsPathWhereTheServerRepeatsThoseAlone() {
        receiver.replyWith(404, "no secret-path in T000 {\"path\":\"\\/T000\\/secret-path\"}");

        assertThat(said("")).contains("answered 404: no … in T000 {\"path\":\"\\/T000\\/…\"}. ");
    }

    @Test
    void shouldHideWhatIsCutOffInTheMiddle() {
        receiver.replyWith(500, "x".repeat(195) + "/T000/secret-path and more");

        assertThat(said("")).endsWith("500: " + "x".repeat(195) + "…");
    }

    @Test
    void shouldHideThemInAnAnswerThatIsNotHttp() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answer(server, "no /T000/secret-path here\r\n\r\n"));
            thread.start();
            URI url = URI.create("http://127.0.0.1:%d/T000/secret-path".formatted(server.getLocalPort()));

            assertThatThrownBy(() -> deliverTo(url, Duration.ofMinutes(1), "{}"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no … here")
                    .hasStackTraceContaining("no … here")
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("secret-path"));
            thread.join();
        }
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static void answer(ServerSocket server, String text) {
        try (Socket connection = server.accept()) {
            readRequest(connection.getInputStream()); // closing over what was not read would take the answer back
            connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        assertThat(length.find()).as("%s", head).isTrue();
        in.readNBytes(Integer.parseInt(length.group(1)));
    }

    /** Why a line is refused, by whatever way it is said. */
    private String said(String query) {
        try {
            Delivery delivery = deliverTo(URI.create(receiver.url() + query), Duration.ofMinutes(1), "{}");
            return delivery.refusals().get(0).reason();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void shouldNotWaitForAnAnswerForEver() {
        receiver.hang();

        assertThatThrownBy(() -> deliverWithin(Duration.ofMillis(100), "{}"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("no answer within PT0.1S");
    }

    @Test
    void shouldNotWaitForTheRestOfAnAnswerForEver() {
        receiver.replyWith(exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().flush();
            receiver.awaitStop();
        });

        assertThatThrownBy(() -> deliverWithin(Duration.ofMillis(300), "{}"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("no answer within PT0.3S");
    }
}
