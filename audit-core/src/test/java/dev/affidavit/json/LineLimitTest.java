package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line has at most 1 MiB; what does not fit is cut and says so. Each test writes within a time limit. */
@Timeout(600)
final class LineLimitTest {
    private static AuditEvent.Builder event() {
        return AuditEvent.builder(EventType.AUTH_FAILURE);
    }

    private static int room() {
        return Written.MAX_BYTES - Written.text(event().build()).length() - 1;
    }

    @Test
    void shouldNotCutWhatJustFits() {
        String text = "x".repeat(room());

        assertThat(Written.json(event().description(text)).get("description").textValue())
                .isEqualTo(text);
    }

    @Test
    void shouldCutWhatJustDoesNotFit() {
        JsonNode json = Written.json(event().description("x".repeat(room() + 1)));

        assertThat(json.get("description").textValue()).matches("x{100000,}…\\[cut, " + (room() + 1) + " characters]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 100 * 1024 * 1024})
    void shouldTakeADescriptionOfAnyLength(int length) {
        String text = "d".repeat(length);

        String written =
                Written.json(event().description(text)).get("description").textValue();

        assertThat(written.startsWith(text) || written.endsWith("…[cut, " + length + " characters]"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldNotCutThroughACharacter(int before) {
        JsonNode json = Written.json(event().description("x".repeat(before) + "😀".repeat(600_000)));

        assertThat(json.get("description").textValue())
                .matches("x?(😀)+…\\[cut, " + (1_200_000 + before) + " characters]");
    }

    @Test
    void shouldTakeEscapesIntoAccount() {
        String text = "\u0001".repeat(1_000_000);

        JsonNode json = Written.json(event().description(text).detail("same", text));

        assertThat(json.get("description").textValue()).endsWith("…[cut, 1000000 characters]");
        assertThat(json.at("/details/same").textValue()).endsWith("…[cut, 1000000 characters]");
    }

    @Test
    void shouldCutTheLongOnesAndKeepTheShortOnes() {
        String big = "€".repeat(2_000_000);
        AuditEvent.Builder event = event().username("alice")
                .sessionId(big)
                .ipAddress(big)
                .userAgent(big)
                .description(big)
                .errorCode("AUTH-001")
                .command(big);
        for (int i = 0; i < 100; i++) {
            event.detail("big" + i, big);
        }

        JsonNode json = Written.json(event.detail("short", "kept"));

        assertThat(json.get("username").textValue()).isEqualTo("alice");
        assertThat(json.get("error_code").textValue()).isEqualTo("AUTH-001");
        assertThat(json.get("command").textValue()).endsWith("…[cut, 2000000 characters]");
        assertThat(json.at("/details/big99").textValue()).endsWith("…[cut, 2000000 characters]");
        assertThat(json.at("/details/short").textValue()).isEqualTo("kept");
    }

    @Test
    void shouldCutTenThousandEntries() {
        AuditEvent.Builder event = event();
        IntStream.range(0, 10_000).forEach(i -> event.detail("key" + i, i));

        JsonNode details = Written.json(event).get("details");

        assertThat(details).hasSize(1001);
        assertThat(details.get("key999").intValue()).isEqualTo(999);
        assertThat(details.get("[cut]").textValue()).isEqualTo("10000 entries");
    }

    @Test
    void shouldTellItsOwnMarkFromAKeyOfThatName() {
        AuditEvent.Builder event = event().detail("[cut]", "theirs");
        IntStream.range(0, 1000).forEach(i -> event.detail("key" + i, i));

        JsonNode details = Written.json(event).get("details");

        assertThat(details.get("[cut]").textValue()).isEqualTo("theirs");
        assertThat(details.get("[cut]#2").textValue()).isEqualTo("1001 entries");
    }

    @Test
    void shouldCutLongKeys() {
        AuditEvent.Builder event = event();
        IntStream.range(0, 1000).forEach(i -> event.detail("\u202e".repeat(64 * 1024) + i, Map.of("k" + i, i)));

        JsonNode details = Written.json(event).get("details");

        assertThat(details.fieldNames().next())
                .startsWith("\u202e".repeat(1024))
                .endsWith("…[cut, 65537 characters]");
        assertThat(details.get("[cut]").textValue()).isEqualTo("1000 entries");
    }

    @Test
    void shouldStayBelowTheLimitWithTheWorstOfEverything() {
        Map<Object, Object> worst = new HashMap<>();
        for (int i = 0; i < 1500; i++) {
            List<Object> inner = new ArrayList<>(Collections.nCopies(1500, "\u0001".repeat(5000)));
            worst.put("\u0001".repeat(1500) + i, i % 2 == 0 ? inner : Map.of("\u0001".repeat(1500), inner));
        }
        String big = "\u0001".repeat(1_500_000);

        JsonNode json = Written.json(event().username(big)
                .sessionId(big)
                .ipAddress(big)
                .userAgent(big)
                .description(big)
                .errorCode(big)
                .databaseName(big)
                .objectType(big)
                .objectName(big)
                .command(big)
                .detail("a", worst)
                .detail("b", worst));

        assertThat(json.get("details").toString()).contains("[cut");
    }

    @Test
    void shouldWriteNumbersOfThousandsOfDigits() {
        BigInteger number = BigInteger.TEN.pow(9000);

        assertThat(Written.detail(number).textValue()).isEqualTo(number.toString());
        assertThat(Written.detail(new BigDecimal(number, 100)).textValue())
                .isEqualTo(new BigDecimal(number, 100).toString());
    }

    @Test
    void shouldNotSpendLongOnNumbersThatDoNotFit() {
        BigInteger millionDigits = BigInteger.TEN.pow(1_000_000);
        String mark = "[cut, a number of 3321929 bits]";

        assertThat(Written.detail(millionDigits).textValue()).isEqualTo(mark);
        assertThat(Written.detail(new BigDecimal(millionDigits, 5)).textValue()).isEqualTo(mark);
        assertThat(Written.detail(Collections.nCopies(999, millionDigits))
                        .get(998)
                        .textValue())
                .isEqualTo(mark);
        assertThat(Written.detail(Collections.nCopies(999, BigInteger.TEN.pow(9000)))
                        .toString())
                .contains("…[cut, 9001 characters]");
    }

    @Test
    void shouldGiveTheMemoryOfOneLineNotOfTheEvent() {
        String big = "\u0001".repeat(2_000_000);
        AuditEvent.Builder event = event();
        IntStream.range(0, 1000).forEach(i -> event.detail("big" + i, big));
        EventLine line = new EventLine();

        line.write(event.build(), Written.NOWHERE, Written.NOW, IdSequence.beginning());

        assertThat(line.bytes().length).isLessThan(32 * Written.MAX_BYTES);
        assertThat(new String(line.bytes(), 0, line.length(), StandardCharsets.UTF_8))
                .endsWith("}\n");
    }
}
