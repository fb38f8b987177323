package dev.affidavit.fuzzing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.affidavit.json.EventLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A line as a strict reader of others takes it, once it is held to what is promised of every line's bytes.
 *
 * @param length in bytes, with the {@code \n}
 */
record WrittenLine(JsonNode json, int length) {
    private static final int MAX_BYTES = 1024 * 1024;

    private static final ObjectMapper STRICT = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    static WrittenLine of(EventLine line) {
        int end = line.length() - 1;
        if (end < 0 || end >= MAX_BYTES || line.bytes()[end] != '\n') {
            throw new AssertionError("%d bytes, or no line end at their end".formatted(end + 1));
        }
        String text = utf8(line.bytes(), end);
        text.codePoints().filter(WrittenLine::isHidden).findFirst().ifPresent(hidden -> {
            throw new AssertionError("U+%04X stands unescaped in %s".formatted(hidden, text));
        });
        try {
            return new WrittenLine(STRICT.readTree(text), end + 1);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8", e);
        }
    }

    /** What no viewer shows, or shows as a new line: by what Unicode says, not by the encoder's list. */
    private static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> !isVisibleFormat(codePoint);
            default -> false;
        };
    }

    /** Signs of Arabic, Syriac, Kaithi, hieroglyphs, shorthand and music that are drawn, or join what is drawn. */
    private static boolean isVisibleFormat(int codePoint) {
        return (codePoint >= 0x0600 && codePoint <= 0x0605)
                || (codePoint >= 0x06dd && codePoint <= 0x08e2)
                || (codePoint >= 0x110bd && codePoint <= 0x1d17a);
    }
}
