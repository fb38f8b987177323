package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** What the encoder made of an event, held to everything that is promised of every line. */
final class Written {
    static final Instant NOW = Instant.parse("2026-01-19T02:54:27.123456789Z");
    static final Origin NOWHERE = new Origin("", "");
    static final int MAX_BYTES = 1024 * 1024;

    private static final ObjectMapper STRICT = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Written() {}

    /** A failed login whose only detail is {@code value}, as it comes out. */
    static JsonNode detail(Object value) {
        return json(AuditEvent.builder(EventType.AUTH_FAILURE).detail("value", value))
                .at("/details/value");
    }

    static JsonNode json(AuditEvent.Builder event) {
        return json(event.build());
    }

    static JsonNode json(AuditEvent event) {
        return json(text(event));
    }

    static JsonNode json(String line) {
        try {
            JsonNode json = STRICT.readTree(line);
            assertThat(LineSchema.problems(json)).isEmpty();
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage() + " in " + line, e);
        }
    }

    static String text(AuditEvent event) {
        return text(event, NOWHERE);
    }

    /** The line as text, without its end. */
    static String text(AuditEvent event, Origin origin) {
        EventLine line = new EventLine();
        line.write(event, origin, NOW, IdSequence.beginning());
        return text(line);
    }

    static String text(EventLine line) {
        line.settle();
        assertThat(line.length()).isLessThanOrEqualTo(MAX_BYTES);
        byte[] bytes = Arrays.copyOf(line.bytes(), line.length());
        assertThat(bytes).endsWith('\n');
        String text = utf8(Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(text.codePoints().filter(Written::isHidden)).isEmpty();
        return text;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By what Unicode says, where the encoder has a list: controls, separators of lines, and format characters. */
    static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT -> !isVisibleFormat(codePoint);
            default -> codePoint >= 0xe0100 && codePoint <= 0xe01ef;
        };
    }

    /** Signs of Arabic, Syriac, Kaithi, hieroglyphs, shorthand and music that are drawn, or join what is drawn. */
    private static boolean isVisibleFormat(int codePoint) {
        return (codePoint >= 0x0600 && codePoint <= 0x0605)
                || (codePoint >= 0x06dd && codePoint <= 0x08e2)
                || (codePoint >= 0x110bd && codePoint <= 0x1d17a);
    }
}
