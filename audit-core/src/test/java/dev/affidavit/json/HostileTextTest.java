package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import java.nio.CharBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HostileTextTest {
    private static final int MAX_KEY = 1024;

    static Stream<String> texts() {
        return HostileTexts.all();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldComeBackFromEveryTextField(String text) {
        AuditEvent event = AuditEvent.builder(EventType.AUTH_FAILURE)
                .username(text)
                .sessionId(text)
                .ipAddress(text)
                .userAgent(text)
                .description(text)
                .errorCode(text)
                .databaseName(text)
                .objectType(text)
                .objectName(text)
                .command(text)
                .build();

        JsonNode json = Written.json(event);

        assertThat(List.of(
                        "username",
                        "session_id",
                        "ip_address",
                        "user_agent",
                        "description",
                        "error_code",
                        "database_name",
                        "object_type",
                        "object_name",
                        "command"))
                .allSatisfy(field -> assertThat(json.get(field).textValue()).isEqualTo(text));
        assertThat(json.size()).isEqualTo(13 + 4);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldComeBackFromTheEventType(String text) {
        assumeThat(text).isNotBlank();

        JsonNode json = Written.json(AuditEvent.builder(EventType.of(text)));

        assertThat(json.get("event_type").textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldComeBackFromServiceAndHost(String text) {
        assumeThat(text).isNotEmpty();
        AuditEvent event = AuditEvent.builder(EventType.AUTH_FAILURE).build();

        JsonNode json = Written.json(Written.text(event, new Origin(text, text)));

        assertThat(json.get("service").textValue()).isEqualTo(text);
        assertThat(json.get("host").textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldComeBackFromDetails(String text) {
        Map<String, ?> inner = Map.of("list", List.of(text, CharBuffer.wrap(text)), "array", new String[] {text});
        JsonNode details = Written.json(AuditEvent.builder(EventType.AUTH_FAILURE)
                        .detail("value", text)
                        .detail("inner", inner))
                .get("details");

        assertThat(details.get("value").textValue()).isEqualTo(text);
        assertThat(details.at("/inner/list/0").textValue()).isEqualTo(text);
        assertThat(details.at("/inner/list/1").textValue()).isEqualTo(text);
        assertThat(details.at("/inner/array/0").textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldComeBackFromKeys(String text) {
        JsonNode details = Written.json(AuditEvent.builder(EventType.AUTH_FAILURE)
                        .detail("before", 0)
                        .detail(text, 1)
                        .detail("inner", Map.of(text, 2)))
                .get("details");
        String key = text.length() <= MAX_KEY ? text : text.substring(0, MAX_KEY) + "…[cut, 65537 characters]";

        assertThat(details.fieldNames()).toIterable().containsExactly("before", key, "inner");
        assertThat(details.get(key).intValue()).isEqualTo(1);
        assertThat(details.get("inner").fieldNames()).toIterable().containsExactly(key);
    }
}
