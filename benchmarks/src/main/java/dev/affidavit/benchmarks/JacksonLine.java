package dev.affidavit.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The same line by Jackson's generator, as somebody who knows it well would write it: the text of the second is kept, the
 * buffer is used again, and what hides or moves text is escaped, as the product does. Not thread-safe.
 */
final class JacksonLine {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.");

    private final JsonFactory factory =
            new JsonFactoryBuilder().characterEscapes(new Escapes()).build();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private long second = Long.MIN_VALUE;
    private String secondText = "";

    /** How many bytes it has. */
    int write(SampleEvent event, Instant now) throws IOException {
        out.reset();
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", id(now));
            json.writeStringField("timestamp", timestamp(now));
            json.writeStringField("event_type", event.type());
            json.writeStringField("severity", "INFO");
            json.writeStringField("username", event.username());
            json.writeStringField("session_id", event.sessionId());
            json.writeStringField("ip_address", event.ipAddress());
            json.writeNumberField("port", event.port());
            json.writeStringField("user_agent", event.userAgent());
            json.writeStringField("description", event.description());
            json.writeObjectFieldStart("details");
            json.writeStringField("auth_method", event.authMethod());
            json.writeEndObject();
            json.writeBooleanField("success", true);
            json.writeStringField("error_code", event.errorCode());
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return out.size();
    }

    private static String id(Instant now) {
        return "evt_" + (now.getEpochSecond() * 1_000_000_000 + now.getNano()) + "_" + now.getEpochSecond();
    }

    private String timestamp(Instant now) {
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            secondText = SECOND.format(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
        }
        String micros = Integer.toString(1_000_000 + now.getNano() / 1000);
        return secondText + micros.substring(1) + "Z";
    }

    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        private final int[] ascii = standardAsciiEscapesForJSON();

        Escapes() {
            ascii[0x7f] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            boolean hidden = c <= 0x9f
                    || c == 0xad
                    || c == 0x61c
                    || c == 0x180e
                    || (c >= 0x200b && c <= 0x200f)
                    || (c >= 0x2028 && c <= 0x202e)
                    || (c >= 0x2060 && c <= 0x206f)
                    || c == 0xfeff
                    || (c >= 0xfff9 && c <= 0xfffb);
            return hidden ? new SerializedString("\\u%04x".formatted(c)) : null;
        }
    }
}
