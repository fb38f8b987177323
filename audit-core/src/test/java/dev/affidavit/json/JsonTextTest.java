package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTextTest {
    @Test
    void shouldWriteEveryCharacterAsItselfOrAsItsEscape() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            String text = Character.toString(codePoint);
            String written = written(text);
            if (mustBeEscaped(codePoint)) {
                assertThat(written).startsWith("\\").isEqualTo(escaped(text));
            } else if (written.startsWith("\\")) {
                assertThat(codePoint).as("escaped needlessly").satisfies(JsonTextTest::mayBeEscaped);
            } else if (!written.equals(text)) {
                assertThat(written).as("U+%04X", codePoint).isEqualTo(text);
            }
        }
    }

    private static boolean mustBeEscaped(int codePoint) {
        return codePoint == '"'
                || codePoint == '\\'
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)
                || Written.isHidden(codePoint);
    }

    /** Places beside hidden characters that Unicode has not given away yet. */
    private static void mayBeEscaped(int codePoint) {
        assertThat((codePoint >= 0x2065 && codePoint <= 0x2069) || (codePoint >= 0xe0000 && codePoint <= 0xe0fff))
                .as("U+%04X".formatted(codePoint))
                .isTrue();
    }

    private static String escaped(String text) {
        return switch (text) {
            case "\"" -> "\\\"";
            case "\\" -> "\\\\";
            case "\b" -> "\\b";
            case "\f" -> "\\f";
            case "\n" -> "\\n";
            case "\r" -> "\\r";
            case "\t" -> "\\t";
            default -> {
                StringBuilder numbers = new StringBuilder();
                text.chars().forEach(c -> numbers.append("\\u%04x".formatted(c)));
                yield numbers.toString();
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"d83d,de00,😀", "d800,dc00,𐀀", "dbff,dfff,\udbff\udfff"})
    void shouldJoinPairs(String high, String low, String character) {
        String pair = "" + (char) Integer.parseInt(high, 16) + (char) Integer.parseInt(low, 16);

        assertThat(written("a" + pair + "b")).isEqualTo("a" + character + "b");
    }

    @Test
    void shouldNotJoinAPairThatIsCutInTwo() {
        LineBuffer out = new LineBuffer();

        JsonText.write(out, "😀", 1);

        assertThat(text(out)).isEqualTo("\\ud83d");
    }

    @Test
    void shouldTellLoneSurrogatesApart() {
        List<String> texts = List.of("?", "\ufffd", "\ud800", "\ud801", "\udc00", "\udfff", "\udc00\ud800", "\\ud800");
        Set<String> written = new HashSet<>();

        texts.forEach(text -> written.add(written(text)));

        assertThat(written).hasSameSizeAs(texts);
    }

    private static String written(String text) {
        LineBuffer out = new LineBuffer();
        JsonText.write(out, text, text.length());
        return text(out);
    }

    private static String text(LineBuffer out) {
        return new String(Arrays.copyOf(out.bytes(), out.length()), StandardCharsets.UTF_8);
    }
}
