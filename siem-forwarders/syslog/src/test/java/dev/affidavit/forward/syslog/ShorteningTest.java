package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShorteningTest {
    private static String shortened(String line, int room) throws UnsendableLineException {
        byte[] result = Shortening.of(line.getBytes(StandardCharsets.UTF_8), room);
        assertThat(result).hasSizeLessThanOrEqualTo(room);
        return new String(result, StandardCharsets.UTF_8);
    }

    private static void requireJson(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text.getBytes(StandardCharsets.UTF_8))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                assertThat(parser.getText()).isNotNull();
            }
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    @Test
    void shouldDropDetailsFirst() throws UnsendableLineException {
        String details = "{\"a\":[1,2,{\"b\":\"" + "x".repeat(500) + "\"}]}";
        String line =
                "{\"id\":\"evt_1\",\"port\":5432,\"description\":\"d\",\"details\":%s,\"success\":false,\"n\":null,\"f\":-1.5e3}"
                        .formatted(details);

        assertThat(shortened(line, 200))
                .isEqualTo(
                        line.replace(details, "{\"truncated\":true,\"original_length\":%d}".formatted(line.length())));
    }

    @Test
    void shouldMarkALineWithoutDetailsToo() throws UnsendableLineException {
        assertThat(shortened("{\"id\":\"evt_1\",\"command\":\"%s\"}".formatted("y".repeat(300)), 150))
                .matches("\\{\"id\":\"evt_1\",\"command\":\"y+…\\[cut, 300 characters]\","
                        + "\"details\":\\{\"truncated\":true,\"original_length\":327}}");
    }

    @Test
    void shouldCutCommandAndDescriptionBeforeOtherTexts() throws UnsendableLineException {
        String line = "{\"username\":\"%s\",\"description\":\"%s\",\"command\":\"%s\"}"
                .formatted("u".repeat(400), "d".repeat(200), "c".repeat(300));

        assertThat(shortened(line, 760)).contains("u".repeat(400), "d".repeat(200), "ccc…[cut, 300 characters]");
        assertThat(shortened(line, 600)).contains("u".repeat(400), "ddd…[cut, 200 characters]", "\"…[cut, 300");
        assertThat(shortened(line, 300)).contains("uuu…[cut, 400 characters]", "\"…[cut, 200", "\"…[cut, 300");
    }

    @Test
    void shouldKeepWhatNamesTheEvent() {
        String line =
                "{\"id\":\"%s\",\"timestamp\":\"t\",\"event_type\":\"%s\"}".formatted("i".repeat(300), "e".repeat(300));

        assertThatThrownBy(() -> shortened(line, 500))
                .isInstanceOf(UnsendableLineException.class)
                .hasMessageContaining("all that may be cut");
    }

    @Test
    void shouldNeverCutWithinACharacter() throws UnsendableLineException {
        String text = "aé密🔑\\n\\\"\\\\\\u00e9\\ud83d\\udd11\\ud800x\\udc00";
        String line = "{\"id\":\"1\",\"description\":\"%s\"}".formatted(text.repeat(10));
        int least =
                "{\"id\":\"1\",\"description\":\"…[cut, 150 characters]\",\"details\":{\"truncated\":true,\"original_length\":400}}"
                        .getBytes(StandardCharsets.UTF_8)
                        .length;

        for (int room = least; room < line.getBytes(StandardCharsets.UTF_8).length; room++) {
            String result = shortened(line, room);

            requireJson(result);
            String kept = result.substring(result.indexOf("tion\":\"") + 7, result.indexOf("…[cut"));
            assertThat(text.repeat(10)).startsWith(kept);
            assertThat(kept).doesNotEndWith("\\ud83d"); // half of a key
            assertThat(result).contains("\"id\":\"1\"");
        }
    }

    @Test
    void shouldShortenEventsOfAnyLength() throws UnsendableLineException {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            String line =
                    SampleLog.event(i).replace("bad password", "Пароль🔑\\u0000".repeat(1 + random.nextInt(2000)));

            String result = shortened(line, 700 + random.nextInt(500));

            requireJson(result);
            assertThat(result).startsWith(line.substring(0, line.indexOf("\"username\"")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJBMjU2R0NNS1ciLCJlbmMiOiJBMjU2R0NNIn0",
                "[1,2]",
                "{\"a\":1",
                "{\"a\":1} x",
                "{\"a\":1}{}",
                ""
            })
    void shouldRefuseWhatIsNoObject(String line) {
        assertThatThrownBy(() -> shortened(line + " ".repeat(100), 50))
                .isInstanceOf(UnsendableLineException.class)
                .hasMessageContaining("has %d bytes, a message has room for 50".formatted(line.length() + 100));
    }
}
