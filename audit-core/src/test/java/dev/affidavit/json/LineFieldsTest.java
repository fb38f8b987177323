package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.spi.ForwardedLine;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineFieldsTest {
    private static final LineFields NONE = new LineFields(null, null, null, null);

    private static LineFields of(String line) {
        return LineFields.of(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReadWhatTheEncoderWrites() {
        String line = Written.text(
                AuditEvent.builder(EventType.of("ODD \"TYPE\"\n😀")).build());

        assertThat(of(line))
                .isEqualTo(new LineFields(
                        "evt_1768791267123456789_1768791267",
                        "2026-01-19T02:54:27.123456Z",
                        "ODD \"TYPE\"\n😀",
                        "INFO"));
    }

    @Test
    void shouldReachDestinations() {
        ForwardedLine line =
                new ForwardedLine("{\"id\":\"evt_1\",\"timestamp\":\"t\",\"event_type\":\"X\",\"severity\":\"INFO\"}"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(line.id()).isEqualTo("evt_1");
        assertThat(line.timestamp()).isEqualTo("t");
        assertThat(line.eventType()).isEqualTo("X");
        assertThat(line.severity()).isEqualTo("INFO");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"text\"",
                "7",
                "{",
                "{}",
                "{\"id\"",
                "{\"id\":",
                "{\"id\":7}",
                "{\"id\":null}",
                "{\"other\":{\"id\":\"x\"}}",
                "{\"id\":{\"id\":\"x\",\"severity\":\"INFO\"}}",
                "{\"id\":[\"x\"]}",
                "eyJhbGciOiJkaXIifQ..x.y.z"
            })
    void shouldFindNothingInWhatIsNoEvent(String line) {
        assertThat(of(line)).isEqualTo(NONE);
    }

    @Test
    void shouldNotLookBehindTheHead() {
        assertThat(of("{\"id\":\"a\",\"x\":1,\"y\":{\"severity\":\"z\"},\"z\":[1],\"severity\":\"INFO\"}"))
                .isEqualTo(new LineFields("a", null, null, null));
    }

    @Test
    void shouldNotFailOnAnyBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good =
                Written.text(AuditEvent.builder(EventType.AUTH_FAILURE).build()).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = good.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                damaged[random.nextInt(i % 2 == 0 ? 60 : damaged.length)] = (byte) random.nextInt(256);
            }
            assertThat(LineFields.of(damaged)).as("seed %d, %d", seed, i).isNotNull();
        }
    }

    @Test
    void shouldReadTheUsualHeadAsAParserDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String good = Written.text(AuditEvent.builder(EventType.AUTH_FAILURE).build());
        int usual = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = good.getBytes(StandardCharsets.UTF_8);
            damaged[random.nextInt(150)] = (byte) random.nextInt(256);
            LineFields head = LineHead.fields(damaged);
            if (head != null) {
                usual++;
                String spaced = " " + new String(damaged, StandardCharsets.ISO_8859_1); // which is not the usual head
                assertThat(head)
                        .as("seed %d, %d: %s", seed, i, spaced)
                        .isEqualTo(LineFields.of(spaced.getBytes(StandardCharsets.ISO_8859_1)));
            }
        }
        assertThat(usual).isBetween(100, 19_900);
    }

    @Test
    void shouldReadNothingOfAHeadThatIsCutOff() {
        String line = Written.text(AuditEvent.builder(EventType.AUTH_FAILURE).build());
        for (int length = 0; length < line.indexOf("\"", line.indexOf("\"severity\":\"") + 12); length++) {
            assertThat(LineHead.fields(line.substring(0, length).getBytes(StandardCharsets.UTF_8)))
                    .isNull();
        }
    }
}
