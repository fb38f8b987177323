package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.testkit.SampleLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeTest {
    private static final LogIdentity LOG = new LogIdentity("00ff", "payments", "host1");
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-20T22:24:14.000005999Z"));
    private static final String AROUND =
            ",\"host\":\"host1\",\"source\":\"payments\",\"sourcetype\":\"t\",\"fields\":{\"log_id\":\"00ff\"";

    private static String of(Metadata metadata, String... lines) {
        return new String(
                new Envelope(LOG, metadata, NOW)
                        .of(List.of(lines).stream()
                                .map(line -> new ForwardedLine(line.getBytes(StandardCharsets.UTF_8)))
                                .toList()),
                StandardCharsets.UTF_8);
    }

    private static Metadata indexing(String... fields) {
        return new Metadata(null, null, "t", null, Set.of(fields));
    }

    @Test
    void shouldPutTheLineAsItStandsBesideWhatSplunkNeeds() {
        String event = SampleLog.event(7);

        assertThat(of(
                        new Metadata("db1", "s", "t", "audit", Set.of("event_type", "severity", "port", "success")),
                        event))
                .isEqualTo("{\"time\":1795213454.000007,\"host\":\"db1\",\"source\":\"s\",\"sourcetype\":\"t\","
                        + "\"index\":\"audit\",\"fields\":{\"log_id\":\"00ff\","
                        + "\"event_id\":\"evt_1795213454000000007_1795213454\",\"event_type\":\"AUTH_FAILURE\","
                        + "\"port\":\"5432\",\"severity\":\"WARNING\",\"success\":\"false\"},\"event\":" + event + "}");
    }

    @Test
    void shouldWriteOneBehindTheOther() {
        assertThat(of(indexing(), "{}", "{\"a\":1}"))
                .isEqualTo("{\"time\":1795213454.000005" + AROUND + "},\"event\":{}}" + "{\"time\":1795213454.000005"
                        + AROUND + "},\"event\":{\"a\":1}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON",
                "[1,2]",
                "1",
                "null",
                "{\"a\":1}{\"b\":2}",
                "{},\"index\":\"other\"",
                "{\"a\":}",
                " {}",
                "{} ",
                "{\"a\":1",
                "{\"a\":1}}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1,}"
            })
    void shouldMakeATextOfWhatIsNoObject(String line) {
        String text = line.replace("\"", "\\\"");

        assertThat(of(indexing("event_type"), line))
                .isEqualTo("{\"time\":1795213454.000005" + AROUND + "},\"event\":\"" + text + "\"}");
    }

    @Test
    void shouldSayWhatItHadToChange() {
        byte[] line = {'a', (byte) 0xff, 'b'};

        String envelope = new String(
                new Envelope(LOG, indexing(), NOW).of(List.of(new ForwardedLine(line))), StandardCharsets.UTF_8);

        assertThat(envelope).endsWith(AROUND + ",\"changed\":\"was no UTF-8\"},\"event\":\"a\ufffdb\"}");
    }

    @Test
    void shouldLeaveOutFieldsThatSayNothing() {
        assertThat(of(indexing("username", "port"), "{\"username\":\"\",\"port\":null,\"details\":{\"port\":1}}"))
                .endsWith(AROUND + "},\"event\":{\"username\":\"\",\"port\":null,\"details\":{\"port\":1}}}");
    }

    @Test
    void shouldIndexHostileTextsAsTexts() {
        assertThat(of(indexing("username"), "{\"username\":\"a\\\"},\\\\\\u0000\\ud800\\n\"}"))
                .startsWith("{\"time\":1795213454.000005" + AROUND
                        + ",\"username\":\"a\\\"},\\\\\\u0000?\\n\"},\"event\":");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            2026-01-19T02:54:27.000000Z,    1768791267.000000
            2026-01-19T02:54:27.123456Z,    1768791267.123456
            2026-01-19T02:54:27.1234569Z,   1768791267.123456
            2026-01-19T02:54:27.5Z,         1768791267.500000
            2026-01-19T02:54:27Z,           1768791267.000000
            1970-01-01T00:00:00.000001Z,    0.000001
            9999-12-31T23:59:59.999999Z,    253402300799.999999
            2016-12-31T23:59:60.000000Z,    1483228800.000000
            1969-12-31T23:59:59.999999Z,    -
            2026-02-29T00:00:00.000000Z,    -
            2026-01-19T24:00:00.000000Z,    -
            2026-01-19T02:54:27.000000+00:00, -
            2026-01-19 02:54:27Z,           -
            yesterday,                      -
            """)
    void shouldWriteTimesToTheMicrosecond(String timestamp, String time) {
        assertThat(EpochTime.of(timestamp)).isEqualTo(time);
    }
}
