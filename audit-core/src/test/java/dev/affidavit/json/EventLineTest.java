package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.Severity;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventLineTest {
    private static AuditEvent.Builder alice() {
        return AuditEvent.builder(EventType.AUTH_SUCCESS)
                .timestamp(Instant.parse("2026-01-19T02:54:27Z"))
                .username("alice")
                .sessionId("sess_abc123")
                .ipAddress("192.168.1.100")
                .port(5432)
                .userAgent("syndrdb-cli/1.0")
                .description("User 'alice' authenticated successfully")
                .detail("auth_method", "password");
    }

    @Test
    void shouldWriteTheExampleOfTheDocumentation() {
        assertThat(Written.text(alice().build())).isEqualTo("""
                {"id":"evt_1768791267123456789_1768791267",\
                "timestamp":"2026-01-19T02:54:27.000000Z",\
                "event_type":"AUTH_SUCCESS",\
                "severity":"INFO",\
                "username":"alice",\
                "session_id":"sess_abc123",\
                "ip_address":"192.168.1.100",\
                "port":5432,\
                "user_agent":"syndrdb-cli/1.0",\
                "description":"User 'alice' authenticated successfully",\
                "details":{"auth_method":"password"},\
                "success":true,\
                "error_code":""}""");
    }

    @Test
    void shouldWriteEveryFieldOfAnEventThatSaysNothing() {
        assertThat(Written.text(AuditEvent.builder(EventType.AUTH_FAILURE).build()))
                .isEqualTo("""
                {"id":"evt_1768791267123456789_1768791267",\
                "timestamp":"2026-01-19T02:54:27.123456Z",\
                "event_type":"AUTH_FAILURE",\
                "severity":"WARNING",\
                "username":"",\
                "session_id":"",\
                "ip_address":"",\
                "port":null,\
                "user_agent":"",\
                "description":"",\
                "details":{},\
                "success":false,\
                "error_code":""}""");
    }

    @Test
    void shouldWriteOptionalFieldsBehindTheOthers() {
        AuditEvent event = alice().rowsAffected(3)
                .command("SELECT 1")
                .objectName("accounts")
                .objectType("table")
                .databaseName("bank")
                .build();

        assertThat(Written.text(event, new Origin("payments", "db1"))).endsWith("""
                ,"error_code":"","database_name":"bank","object_type":"table","object_name":"accounts",\
                "command":"SELECT 1","rows_affected":3,"service":"payments","host":"db1"}""");
    }

    @Test
    void shouldPreferWhatTheEventSaysToTheDefaultsOfItsType() {
        JsonNode json = Written.json(AuditEvent.builder(EventType.AUTH_FAILURE)
                .severity(Severity.CRITICAL)
                .success(true));

        assertThat(json.get("severity").textValue()).isEqualTo("CRITICAL");
        assertThat(json.get("success").booleanValue()).isTrue();
    }

    @Test
    void shouldTakeAnUnknownTypeForASuccessThatInforms() {
        JsonNode json = Written.json(AuditEvent.builder(EventType.of("ORDER_APPROVED")));

        assertThat(json.get("event_type").textValue()).isEqualTo("ORDER_APPROVED");
        assertThat(json.get("severity").textValue()).isEqualTo("INFO");
        assertThat(json.get("success").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 65_535})
    void shouldWritePorts(int port) {
        JsonNode json = Written.json(alice().port(port));

        assertThat(json.get("port").intValue()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Integer.MAX_VALUE, Long.MAX_VALUE})
    void shouldWriteRows(long rows) {
        JsonNode json = Written.json(alice().rowsAffected(rows));

        assertThat(json.get("rows_affected").longValue()).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-19T02:54:27Z,2026-01-19T02:54:27.000000Z",
        "2026-01-19T02:54:27.999999999Z,2026-01-19T02:54:27.999999Z",
        "2026-12-31T23:59:59.000001Z,2026-12-31T23:59:59.000001Z",
        "2024-02-29T00:00:00.1Z,2024-02-29T00:00:00.100000Z",
        "1969-12-31T23:59:59.5Z,1969-12-31T23:59:59.500000Z",
        "0001-01-01T00:00:00Z,0001-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999999Z,9999-12-31T23:59:59.999999Z"
    })
    void shouldWriteTimestampsWithSixDigitsCutNotRounded(String moment, String written) {
        JsonNode json = Written.json(alice().timestamp(Instant.parse(moment)));

        assertThat(json.get("timestamp").textValue()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+10000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59.999999999Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "-1000000000-01-01T00:00:00Z"
            })
    void shouldKeepAMomentThatATimestampCannotHoldInDetails(String moment) {
        JsonNode json = Written.json(alice().timestamp(Instant.parse(moment)).detail("timestamp", "their own"));

        assertThat(json.get("timestamp").textValue()).isEqualTo("2026-01-19T02:54:27.123456Z");
        assertThat(json.at("/details/timestamp").textValue()).isEqualTo("their own");
        assertThat(json.at("/details/timestamp#2").textValue()).isEqualTo(moment);
        assertThat(json.at("/details/auth_method").textValue()).isEqualTo("password");
    }

    @Test
    void shouldBeUsedAgain() {
        EventLine line = new EventLine();
        IdSequence ids = IdSequence.beginning();
        line.write(alice().description("long ".repeat(1000)).build(), Written.NOWHERE, Written.NOW, ids);

        line.write(alice().build(), Written.NOWHERE, Written.NOW, ids);

        assertThat(Written.text(line)).isEqualTo(Written.text(alice().build()));
    }

    @Test
    void shouldNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        AuditEvent event = alice().detail("k".repeat(2000), "v".repeat(2_000_000))
                .detail("list", new int[1001])
                .build();
        String expected = Written.text(event);
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

            assertThat(Written.text(event)).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }
}
