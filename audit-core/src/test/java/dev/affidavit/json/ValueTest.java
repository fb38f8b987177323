package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.affidavit.Severity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ValueTest {
    private static final long MAX_EXACT = 1L << 53;

    static Stream<Number> exactNumbers() {
        return Stream.of(
                0,
                -1,
                Integer.MIN_VALUE,
                (byte) -128,
                (short) 32_767,
                MAX_EXACT,
                -MAX_EXACT,
                0.1,
                -0.0,
                1.0e-300,
                Double.MAX_VALUE,
                Double.MIN_VALUE,
                0.5f,
                BigInteger.valueOf(MAX_EXACT),
                new BigDecimal("12345678901.2345"),
                new BigDecimal("1E+300"),
                BigDecimal.ZERO);
    }

    @ParameterizedTest
    @MethodSource("exactNumbers")
    void shouldWriteANumberThatEveryReaderHolds(Number number) {
        JsonNode written = Written.detail(number);

        assertThat(written.isNumber()).isTrue();
        assertThat(written.doubleValue()).isEqualTo(number.doubleValue());
        assertThat(written.decimalValue()).isEqualByComparingTo(new BigDecimal(number.toString()));
    }

    static Stream<Number> otherNumbers() {
        return Stream.of(
                MAX_EXACT + 1,
                -MAX_EXACT - 1,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.valueOf("1e400"),
                Float.NaN,
                Float.NEGATIVE_INFINITY,
                BigInteger.TWO.pow(63),
                BigInteger.TWO.pow(53).negate().subtract(BigInteger.ONE),
                new BigDecimal("0.1234567890123456"),
                new BigDecimal("1E+301"),
                new BigDecimal("1E+2147483647"),
                new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
                new BigDecimal("1E-2147483647"),
                new AtomicLong(7));
    }

    @ParameterizedTest
    @MethodSource("otherNumbers")
    void shouldWriteAnyOtherNumberAsText(Number number) {
        assertThat(Written.detail(number)).isEqualTo(TextNode.valueOf(number.toString()));
    }

    @Test
    void shouldWriteTextsAndTruths() {
        assertThat(Written.detail("text")).isEqualTo(TextNode.valueOf("text"));
        assertThat(Written.detail(CharBuffer.wrap("text"))).isEqualTo(TextNode.valueOf("text"));
        assertThat(Written.detail('c')).isEqualTo(TextNode.valueOf("c"));
        assertThat(Written.detail(true).booleanValue()).isTrue();
        assertThat(Written.detail(Severity.INFO)).isEqualTo(TextNode.valueOf("INFO"));
    }

    static Stream<Object> others() {
        return Stream.of(
                Instant.MAX,
                UUID.randomUUID(),
                URI.create("https://example.com/?a=b"),
                Optional.of("x"),
                Object.class,
                new Object(),
                new IllegalStateException("no"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void shouldWriteAnythingElseAsItsText(Object value) {
        assertThat(Written.detail(value)).isEqualTo(TextNode.valueOf(value.toString()));
    }

    @Test
    void shouldNotTakeWhatCanBeIteratedForAList() {
        assertThat(Written.detail(Path.of("a", "b"))).isEqualTo(TextNode.valueOf("a/b"));
        assertThat(Written.detail(TextNode.valueOf("x")).textValue()).isEqualTo("\"x\"");
        Iterable<Integer> own = new Iterable<>() {
            @Override
            public Iterator<Integer> iterator() {
                return List.of(1, 2).iterator();
            }

            @Override
            public String toString() {
                return "own";
            }
        };
        assertThat(Written.detail(own)).isEqualTo(TextNode.valueOf("own"));
    }

    @Test
    void shouldWriteLists() {
        List<@Nullable Object> list = new ArrayList<>(Arrays.asList(1, "two", null, List.of(), Map.of()));

        assertThat(Written.detail(list)).hasToString("[1,\"two\",null,[],{}]");
        assertThat(Written.detail(new TreeSet<>(List.of("b", "a")))).hasToString("[\"a\",\"b\"]");
        assertThat(Written.detail(new Object[] {1, new int[] {2, 3}, new byte[] {-1}}))
                .hasToString("[1,[2,3],[-1]]");
        assertThat(Written.detail(new char[] {'a', '"'})).hasToString("[\"a\",\"\\\"\"]");
    }

    @Test
    void shouldWriteMapsInTheirOrder() {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put(2, "two");
        map.put(null, null);
        map.put(Severity.INFO, Map.of("x", true));

        assertThat(Written.detail(map)).hasToString("{\"b\":1,\"2\":\"two\",\"null\":null,\"INFO\":{\"x\":true}}");
    }

    @Test
    void shouldTellKeysApartThatBecomeTheSameText() {
        Map<Object, Integer> map = new LinkedHashMap<>();
        map.put("1", 1);
        map.put(1, 2);
        map.put(1L, 3);
        map.put("1#2", 4);

        assertThat(Written.detail(map)).hasToString("{\"1\":1,\"1#2\":2,\"1#3\":3,\"1#2#2\":4}");
    }

    @Test
    void shouldTellKeysApartInAMapThatHoldsOneTwice() {
        IdentityHashMap<String, Integer> map = new IdentityHashMap<>();
        map.put("key", 1);
        map.put(String.copyValueOf(new char[] {'k', 'e', 'y'}), 2);

        assertThat(Written.detail(map).fieldNames()).toIterable().containsExactly("key", "key#2");
    }

    @Test
    void shouldTellLongKeysApartThatAreCutToTheSameText() {
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("k".repeat(2000) + "a", 1);
        map.put("k".repeat(2000) + "b", 2);
        String cut = "k".repeat(1024) + "…[cut, 2001 characters]";

        assertThat(Written.detail(map).fieldNames()).toIterable().containsExactly(cut, cut + "#2");
    }

    @Test
    void shouldNotCutAKeyThroughACharacter() {
        String key = "k".repeat(1023) + "😀".repeat(10);

        assertThat(Written.detail(Collections.singletonMap(key, 1)).fieldNames())
                .toIterable()
                .containsExactly("k".repeat(1023) + "…[cut, 1043 characters]");
    }
}
