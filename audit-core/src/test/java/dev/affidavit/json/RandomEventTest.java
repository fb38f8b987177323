package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.affidavit.AuditEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds the encoder to a second one, made of Jackson and of what the format's description says. */
final class RandomEventTest {
    private static final int EVENTS = 20_000;
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final BigDecimal TWO_TO_53 = BigDecimal.valueOf(1L << 53);

    @Test
    void shouldAgreeWithAnotherEncoder() throws IOException {
        long seed = Long.getLong("affidavit.test.seed", System.nanoTime());
        RandomEvents events = new RandomEvents(seed);
        EventLine line = new EventLine();
        IdSequence ids = IdSequence.beginning();
        for (int i = 0; i < EVENTS; i++) {
            AuditEvent event = events.next();
            line.write(event, new Origin("payments", "db1"), Written.NOW, ids);
            String written = Written.text(line);
            String expected = "{\"id\":\"evt_%d_1768791267\",".formatted(1_768_791_267_123_456_789L + i)
                    + encode(event).substring(1);
            assertThat(written)
                    .as("-Daffidavit.test.seed=%d, event %d", seed, i)
                    .isEqualTo(expected);
            if (i % 20 == 0) {
                assertThat(Written.json(written).get("host").textValue()).isEqualTo("db1");
            }
        }
    }

    private static String encode(AuditEvent event) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setCharacterEscapes(new Escapes());
            json.writeStartObject();
            json.writeStringField(
                    "timestamp", TIMESTAMP.format(Objects.requireNonNullElse(event.timestamp(), Written.NOW)));
            json.writeStringField("event_type", event.type().name());
            json.writeStringField(
                    "severity",
                    String.valueOf(
                            event.severity() != null
                                    ? event.severity()
                                    : event.type()
                                            .severity()
                                            .map(Object::toString)
                                            .orElse("INFO")));
            always(json, "username", event.username());
            always(json, "session_id", event.sessionId());
            always(json, "ip_address", event.ipAddress());
            json.writeFieldName("port");
            value(json, event.port());
            always(json, "user_agent", event.userAgent());
            always(json, "description", event.description());
            json.writeFieldName("details");
            value(json, event.details());
            json.writeBooleanField(
                    "success",
                    Objects.requireNonNullElse(event.success(), event.type().success()));
            always(json, "error_code", event.errorCode());
            ifSet(json, "database_name", event.databaseName());
            ifSet(json, "object_type", event.objectType());
            ifSet(json, "object_name", event.objectName());
            ifSet(json, "command", event.command());
            if (event.rowsAffected() != null) {
                json.writeNumberField("rows_affected", event.rowsAffected());
            }
            json.writeStringField("service", "payments");
            json.writeStringField("host", "db1");
            json.writeEndObject();
        }
        return escapeSurrogates(text.toString());
    }

    private static void always(JsonGenerator json, String name, @Nullable String text) throws IOException {
        json.writeStringField(name, text == null ? "" : text);
    }

    private static void ifSet(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Number number) {
            number(json, number);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                value(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> || value instanceof Object[]) {
            json.writeStartArray();
            for (Object element : value instanceof List<?> list ? list : Arrays.asList((Object[]) value)) {
                value(json, element);
            }
            json.writeEndArray();
        } else {
            assertThat(value).isInstanceOfAny(String.class, Instant.class);
            json.writeString(value.toString());
        }
    }

    private static void number(JsonGenerator json, Number number) throws IOException {
        boolean exact = true;
        if (number instanceof Long || number instanceof BigInteger) {
            exact = new BigDecimal(number.toString()).abs().compareTo(TWO_TO_53) <= 0;
        } else if (number instanceof BigDecimal decimal) {
            exact = decimal.precision() <= 15 && decimal.scale() <= 300 && decimal.scale() >= -300;
        } else if (number instanceof Double real) {
            exact = !real.isNaN() && !real.isInfinite();
        }
        if (exact) {
            json.writeNumber(number.toString());
        } else {
            json.writeString(number.toString());
        }
    }

    /** What Jackson leaves as it is: halves of pairs, and characters beyond the first plane that nobody sees. */
    private static String escapeSurrogates(String json) {
        StringBuilder escaped = new StringBuilder();
        json.codePoints().forEach(c -> {
            String text = Character.toString(c);
            boolean isHalf = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            if (isHalf || (c >= 0xe0000 && c <= 0xe0fff)) {
                text.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
            } else {
                escaped.append(text);
            }
        });
        return escaped.toString();
    }

    /** Jackson's own escapes are in capitals, and leave hidden characters as they are. */
    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            for (int c = 0; c < codes.length; c++) {
                if (codes[c] < 0 || c == 0x7f) {
                    codes[c] = ESCAPE_CUSTOM;
                }
            }
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return c == 0x7f || c < 0x20 || Written.isHidden(c) || c == 0x2065
                    ? new SerializedString("\\u%04x".formatted(c))
                    : null;
        }
    }
}
