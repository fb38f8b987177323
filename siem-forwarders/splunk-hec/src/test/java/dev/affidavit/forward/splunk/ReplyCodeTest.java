package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each code, and where there is none each status, means. */
final class ReplyCodeTest {
    private static final Instant NOW = Instant.parse("2026-11-20T22:24:14Z");
    private static final Endpoint ENDPOINT = new Endpoint(URI.create("https://splunk.example.com:8088"));

    private static Reply reply(int status, String body, String... headers) {
        Map<String, List<String>> map = headers.length == 0 ? Map.of() : Map.of(headers[0], List.of(headers[1]));
        return Reply.of(status, HttpHeaders.of(map, (name, value) -> true), body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,  200, TAKEN
            1,  403, REFUSES_CLIENT
            2,  401, REFUSES_CLIENT
            3,  401, REFUSES_CLIENT
            4,  403, REFUSES_CLIENT
            5,  400, BAD_EVENT
            6,  400, BAD_EVENT
            7,  400, REFUSES_CLIENT
            8,  500, IN_DOUBT
            9,  503, BUSY
            10, 400, REFUSES_CLIENT
            11, 400, REFUSES_CLIENT
            12, 400, BAD_EVENT
            13, 400, BAD_EVENT
            14, 400, REFUSES_CLIENT
            15, 400, BAD_EVENT
            16, 400, REFUSES_CLIENT
            17, 200, HEALTHY
            18, 503, BUSY
            19, 503, BUSY
            20, 503, BUSY
            21, 400, REFUSES_CLIENT
            22, 400, REFUSES_CLIENT
            23, 503, BUSY
            24, 200, TAKEN_SLOW_DOWN
            25, 200, TAKEN_SLOW_DOWN
            26, 429, BUSY
            27, 429, BUSY
            28, 400, REFUSES_CLIENT
            """)
    void shouldKnowEveryCode(int code, int status, Meaning meaning) {
        Reply reply = reply(status, "{\"text\":\"whatever\",\"code\":%d}".formatted(code));

        assertThat(Meaning.of(reply)).isEqualTo(meaning);
        assertThat(Rejection.message(reply, ENDPOINT))
                .startsWith("https://splunk.example.com:8088 answered %d, code %d: ".formatted(status, code))
                .doesNotContain("whatever");
    }

    @Test
    void shouldKnowNoOtherCode() {
        assertThat(Arrays.stream(ReplyCode.values()).map(ReplyCode::code))
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 28).boxed().toList());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            200 | {"text":"new","code":29}       | TAKEN
            200 | <html>Welcome</html>           | IN_DOUBT
            200 | {"status":"ok"}                | IN_DOUBT
            200 | {"text":"Success","code":0     | IN_DOUBT
            200 | {"code":"0"}                   | IN_DOUBT
            200 | {"code":9}                     | IN_DOUBT
            200 | [{"code":0}]                   | IN_DOUBT
            204 | ~~                             | IN_DOUBT
            500 | {"text":"Success","code":0}    | IN_DOUBT
            400 | {"text":"Success","code":0}    | REFUSES_CLIENT
            301 | ~~                             | REFUSES_CLIENT
            307 | ~~                             | REFUSES_CLIENT
            400 | Bad Request                    | REFUSES_CLIENT
            401 | ~~                             | REFUSES_CLIENT
            403 | <html>Forbidden</html>         | REFUSES_CLIENT
            404 | Not Found                      | IN_DOUBT
            405 | ~~                             | REFUSES_CLIENT
            407 | ~~                             | REFUSES_CLIENT
            408 | ~~                             | IN_DOUBT
            413 | ~~                             | TOO_LARGE
            413 | {"text":"too large","code":27} | TOO_LARGE
            415 | ~~                             | REFUSES_CLIENT
            429 | ~~                             | BUSY
            429 | {"text":"new","code":30}       | BUSY
            500 | ~~                             | IN_DOUBT
            502 | <html>Bad Gateway</html>       | IN_DOUBT
            503 | <html>Unavailable</html>       | BUSY
            504 | ~~                             | IN_DOUBT
            """)
    void shouldDecideByTheStatusWhereNoCodeIsKnown(int status, String body, Meaning meaning) {
        Reply reply = reply(status, body);

        assertThat(Meaning.of(reply)).isEqualTo(meaning);
        assertThat(Rejection.message(reply, ENDPOINT))
                .contains(" answered " + status)
                .doesNotContain("html");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            TAKEN,           200, 0,  IO
            REFUSES_CLIENT,  403, 4,  MISCONFIGURED
            BAD_EVENT,       400, 6,  TOO_LARGE
            BUSY,            503, 9,  BUSY
            IN_DOUBT,        500, 8,  IO
            """)
    void shouldTellTheEngine(Meaning meaning, int status, int code, Told told) {
        Reply reply = reply(status, "{\"code\":%d}".formatted(code));

        assertThat(Meaning.of(reply)).isEqualTo(meaning);
        assertThat(Rejection.of(reply, ENDPOINT, NOW)).isExactlyInstanceOf(told.exception);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            120                           | 120
            Fri, 20 Nov 2026 22:25:14 GMT | 60
            soon                          | 0
            """)
    void shouldHonourRetryAfter(String retryAfter, int seconds) {
        IOException busy = Rejection.of(reply(503, "", "Retry-After", retryAfter), ENDPOINT, NOW);

        assertThat(busy)
                .isInstanceOfSatisfying(
                        DestinationBusyException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
    }

    /** By kind. */
    private enum Told {
        IO(IOException.class),
        BUSY(DestinationBusyException.class),
        MISCONFIGURED(MisconfiguredDestinationException.class),
        TOO_LARGE(BatchTooLargeException.class);

        private final Class<? extends IOException> exception;

        Told(Class<? extends IOException> exception) {
            this.exception = exception;
        }
    }
}
