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
}
