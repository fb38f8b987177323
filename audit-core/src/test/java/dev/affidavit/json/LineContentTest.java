package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.spi.ForwardedLine;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LineContentTest {
    private static ForwardedLine line(String text) {
        return new ForwardedLine(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ForwardedLine written(AuditEvent event) {
        return line(Written.text(event));
    }

    @Test
    void shouldSayWhatTheEventSaid() {
        ForwardedLine line = written(AuditEvent.builder(EventType.DELETE)
                .username("alice")
                .sessionId("sess_1")
                .ipAddress("192.168.1.100")
                .port(5432)
                .databaseName("orders")
                .command("DELETE FROM \"t\" -- 😀")
                .rowsAffected(12)
                .failed("E-1")
                .detail("auth_method", "password")
                .detail("attempts", 3)
                .detail("ratio", 0.5)
                .detail("mfa", true)
                .detail("none", null)
                .detail("list", List.of(1, 2))
                .detail("map", Map.of("username", "not this one"))
                .build());

        assertThat(line.username()).isEqualTo("alice");
        assertThat(line.sessionId()).isEqualTo("sess_1");
        assertThat(line.ipAddress()).isEqualTo("192.168.1.100");
        assertThat(line.databaseName()).isEqualTo("orders");
        assertThat(line.command()).isEqualTo("DELETE FROM \"t\" -- 😀");
        assertThat(line.success()).isFalse();
        assertThat(line.field("port")).isEqualTo("5432");
        assertThat(line.field("rows_affected")).isEqualTo("12");
        assertThat(line.field("error_code")).isEqualTo("E-1");
        assertThat(line.field("event_type")).isEqualTo("DELETE").isEqualTo(line.eventType());
        assertThat(line.field("details")).isNull();
        assertThat(line.field("object_name")).isNull();
        assertThat(line.detail("auth_method")).isEqualTo("password");
        assertThat(line.detail("attempts")).isEqualTo("3");
        assertThat(line.detail("ratio")).isEqualTo("0.5");
        assertThat(line.detail("mfa")).isEqualTo("true");
        assertThat(line.detail("none")).isNull();
        assertThat(line.detail("list")).isNull();
        assertThat(line.detail("map")).isNull();
        assertThat(line.detail("username")).isNull();
    }

    @Test
    void shouldSayThatNothingWasSaid() {
        ForwardedLine line = written(AuditEvent.builder(EventType.AUTH_SUCCESS).build());

        assertThat(line.username()).isEmpty();
        assertThat(line.command()).isEmpty();
        assertThat(line.success()).isTrue();
        assertThat(line.field("username")).isEmpty();
        assertThat(line.field("port")).isNull();
        assertThat(line.field("command")).isNull();
    }

    static List<Object> largeValues() {
        return List.of(
                "x".repeat(1_000_000),
                BigInteger.TEN.pow(9_000),
                new BigDecimal("1." + "3".repeat(9_000)),
                Map.of("k".repeat(400_000), "v"));
    }

    @ParameterizedTest
    @MethodSource("largeValues")
    void shouldReadALineWhateverItHolds(Object value) {
        ForwardedLine line = written(AuditEvent.builder(EventType.AUTH_SUCCESS)
                .username("alice")
                .detail("value", value)
                .detail("after", "it")
                .build());

        assertThat(line.username()).isEqualTo("alice");
        assertThat(line.detail("after")).isEqualTo("it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{\"username\":\"alice\"",
                "{\"username\":\"alice\",}",
                "{\"details\":{\"a\":1}",
                "eyJhbGciOiJkaXIifQ..x.y.z"
            })
    void shouldFindNothingInWhatIsNoLineOfALog(String text) {
        ForwardedLine line = line(text);

        assertThat(line.username()).isEmpty();
        assertThat(line.success()).isFalse();
        assertThat(line.field("username")).isNull();
        assertThat(line.detail("a")).isNull();
    }

    @Test
    void shouldNotTakeTheDetailsForAnythingElse() {
        assertThat(line("{\"details\":\"text\"}").field("details")).isEqualTo("text");
        assertThat(line("{\"details\":[{\"a\":1}],\"b\":2}").field("b")).isEqualTo("2");
        assertThat(line("{\"other\":{\"details\":{\"a\":1}}}").detail("a")).isNull();
    }

    @Test
    void shouldNotFailOnAnyBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good = Written.text(AuditEvent.builder(EventType.AUTH_FAILURE)
                        .detail("a", List.of(1, Map.of("b", 2)))
                        .build())
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = good.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertThat(LineContent.of(damaged)).as("seed %d, %d", seed, i).isNotNull();
        }
    }
}
