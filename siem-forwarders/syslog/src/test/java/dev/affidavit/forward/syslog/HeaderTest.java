package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.testkit.SampleLog;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderTest {
    private static final LogIdentity LOG =
            new LogIdentity("00112233445566778899aabbccddeeff", "payments", "db1.example.com");
    private static final Sender SENDER = new Sender(Facility.LOCAL0, "syndrdb-audit", 32473, 4711);

    private static String header(String line) {
        return header(LOG, SENDER, line);
    }

    private static String header(LogIdentity log, Sender sender, String line) {
        ForwardedLine forwarded = new ForwardedLine(line.getBytes(StandardCharsets.UTF_8));
        return new String(new Header(log, sender).of(forwarded), StandardCharsets.UTF_8);
    }

    private static String event(String type, String severity) {
        return "{\"id\":\"evt_1_1\",\"timestamp\":\"2026-01-19T02:54:27.000001Z\",\"event_type\":\"%s\",\"severity\":\"%s\"}"
                .formatted(type, severity);
    }

    @Test
    void shouldComeOutAsTheGoldenHeader() {
        assertThat(header(SampleLog.event(7)))
                .isEqualTo("<132>1 2026-11-20T22:24:14.000007Z db1.example.com syndrdb-audit 4711 AUTH_FAILURE"
                        + " [audit@32473 eventId=\"evt_1795213454000000007_1795213454\""
                        + " logId=\"00112233445566778899aabbccddeeff\"] ");
    }

    @ParameterizedTest
    @CsvSource({
        "LOCAL0,INFO,134",
        "LOCAL0,WARNING,132",
        "LOCAL0,CRITICAL,130",
        "LOCAL0,ODD,133",
        "AUTHPRIV,INFO,86",
        "AUTHPRIV,CRITICAL,82",
        "AUDIT,WARNING,108",
        "KERN,CRITICAL,2",
        "LOCAL7,ODD,189"
    })
    void shouldMapFacilityAndSeverity(Facility facility, String severity, int prival) {
        Sender sender = new Sender(facility, "a", 1, 1);

        assertThat(header(LOG, sender, event("X", severity))).startsWith("<" + prival + ">1 ");
    }

    @Test
    void shouldSanitiseAndCutWhatGoesIntoTheHeader() {
        LogIdentity log = new LogIdentity("id", "", "höst name\n" + "h".repeat(300));
        Sender sender = new Sender(Facility.LOCAL0, "a p\tp" + "x".repeat(60), 32473, 4711);

        String[] fields = header(log, sender, event("TYPE WITH SPACES AND MORE THAN 32 CHARACTERS", "INFO"))
                .split(" ", 7);

        assertThat(fields[2]).isEqualTo("h_st_name_" + "h".repeat(245));
        assertThat(fields[3]).isEqualTo("a_p_p" + "x".repeat(43));
        assertThat(fields[5]).isEqualTo("TYPE_WITH_SPACES_AND_MORE_THAN_3");
    }

    @Test
    void shouldEscapeParametersAndKeepThemShort() {
        String line = "{\"id\":\"a\\\"b\\\\c]d\\ne%s\"}".formatted("f".repeat(1000));

        assertThat(header(line)).contains("eventId=\"a\\\"b\\\\c\\]d_e" + "f".repeat(128 - 9) + "\" logId=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON at all",
                "",
                "[1,2]",
                "{}",
                "{\"id\":null,\"timestamp\":5,\"event_type\":{\"a\":1},\"severity\":[]}",
                "{\"timestamp\":\"\",\"event_type\":\"\"}"
            })
    void shouldHaveNilForWhatALineDoesNotSay(String line) {
        assertThat(header(line))
                .isEqualTo("<133>1 - db1.example.com syndrdb-audit 4711 - [audit@32473"
                        + " logId=\"00112233445566778899aabbccddeeff\"] ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-19T02:54:27.123456789Z",
                "2026-01-19t02:54:27z",
                "2026-01-19T02:54:60Z",
                "2026-13-19T02:54:27Z",
                "2026-01-19 02:54:27Z",
                "2026-01-19T02:54:27.Z",
                "2026-01-19T02:54:27Z extra"
            })
    void shouldNotSendATimestampThatReceiversGarble(String timestamp) {
        assertThat(header("{\"timestamp\":\"%s\"}".formatted(timestamp))).startsWith("<133>1 - ");
    }
}
