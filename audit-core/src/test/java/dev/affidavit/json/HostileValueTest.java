package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values whose own code fails, recurses or changes under our eyes. */
@Timeout(600)
final class HostileValueTest {
    /** Says what {@code text} says, by a number, a text or anything. */
    private record Speaking(Supplier<@Nullable String> text) implements CharSequence {
        @Override
        public int length() {
            return toString().length();
        }

        @Override
        public char charAt(int index) {
            return toString().charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().subSequence(start, end);
        }

        @Override
        @SuppressWarnings({"NullAway", "DataFlowIssue"}) // that it returns null is the point
        public String toString() {
            return text.get();
        }
    }

    /** The same, as an object that is no text. */
    private record Anything(Supplier<@Nullable String> text) {
        @Override
        @SuppressWarnings({"NullAway", "DataFlowIssue"}) // that it returns null is the point
        public String toString() {
            return text.get();
        }
    }

    private static void shouldBeMarked(Supplier<@Nullable String> text, Class<? extends Throwable> thrown) {
        TextNode mark = TextNode.valueOf("[unreadable: " + thrown.getName() + "]");
        JsonNode details = Written.json(AuditEvent.builder(EventType.AUTH_FAILURE)
                        .detail("before", 1)
                        .detail("object", new Anything(text))
                        .detail("text", new Speaking(text))
                        .detail("in list", List.of(1, new Anything(text), 2))
                        .detail("key", Map.of(new Anything(text), 1))
                        .detail("after", 2))
                .get("details");

        assertThat(details.fieldNames())
                .toIterable()
                .containsExactly("before", "object", "text", "in list", "key", "after");
        assertThat(details.get("object")).isEqualTo(mark);
        assertThat(details.get("text")).isEqualTo(mark);
        assertThat(details.get("in list")).hasToString("[1," + mark + ",2]");
        assertThat(details.get("key")).hasToString("{" + mark + ":1}");
    }

    @Test
    void shouldMarkWhatThrows() {
        shouldBeMarked(
                () -> {
                    throw new IllegalStateException("\"},{\" secret");
                },
                IllegalStateException.class);
    }

    @Test
    void shouldMarkWhatOverflowsTheStack() {
        shouldBeMarked(HostileValueTest::recurse, StackOverflowError.class);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static String recurse() {
        return "x" + recurse();
    }

    @Test
    void shouldMarkWhatRunsOutOfMemory() {
        shouldBeMarked(
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                OutOfMemoryError.class);
    }

    @Test
    void shouldMarkWhatCannotBeLinked() {
        shouldBeMarked(
                () -> {
                    throw new NoClassDefFoundError("gone");
                },
                NoClassDefFoundError.class);
    }

    @Test
    void shouldWriteNullForATextThatIsNull() {
        assertThat(Written.detail(new Anything(() -> null)).isNull()).isTrue();
    }

    @Test
    void shouldMarkACharSequenceThatHasNoText() {
        assertThat(Written.detail(new Speaking(() -> null)).textValue())
                .isEqualTo("[unreadable: java.lang.NullPointerException]");
    }

    @Test
    void shouldWriteAnEventWhileAnotherIsWritten() {
        Anything reentrant = new Anything(() -> Written.text(
                AuditEvent.builder(EventType.AUTH_SUCCESS).detail("inner", "x").build()));

        JsonNode inner = Written.json(Written.detail(reentrant).textValue());

        assertThat(inner.at("/details/inner").textValue()).isEqualTo("x");
    }

    @Test
    void shouldCutAMapThatHoldsItself() {
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);

        JsonNode written = Written.detail(map);

        assertThat(written.toString())
                .isEqualTo("{\"self\":".repeat(15) + "\"[cut, nested deeper than 16]\"" + "}".repeat(15));
    }

    @Test
    void shouldCutAListThatHoldsItself() {
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertThat(Written.detail(list).toString())
                .isEqualTo("[".repeat(15) + "\"[cut, nested deeper than 16]\"" + "]".repeat(15));
    }

    @Test
    void shouldCutWhatIsNestedTenThousandDeep() {
        Object value = "bottom";
        for (int i = 0; i < 10_000; i++) {
            value = i % 3 == 0 ? List.of(value) : i % 3 == 1 ? Map.of("k", value) : new Object[] {value};
        }

        assertThat(Written.detail(value).toString())
                .contains("[cut, nested deeper than 16]")
                .doesNotContain("bottom");
    }

    @Test
    void shouldEndWhenListsShareTheirParts() {
        List<Object> wide = new ArrayList<>();
        Object part = "leaf";
        for (int level = 0; level < 14; level++) {
            wide = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                wide.add(part);
            }
            part = wide;
        }

        assertThat(Written.detail(wide).toString()).contains("[cut, 1000 elements]");
    }

    @Test
    void shouldEndWhenEmptyListsAreMany() {
        Object part = List.of();
        for (int level = 0; level < 14; level++) {
            part = new Object[] {part, part, part, part, part, part, part, part};
        }

        assertThat(Written.detail(part).toString()).contains("[cut, nested deeper than");
    }

    @Test
    void shouldMarkWhatChangesWhileItIsWritten() {
        List<Object> list = new ArrayList<>();
        list.add(new Anything(() -> {
            list.add("more");
            return "x";
        }));
        list.add("y");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("first", new Anything(() -> {
            map.put("more", 1);
            return "x";
        }));
        map.put("second", 2);

        assertThat(Written.detail(list).textValue())
                .isEqualTo("[unreadable: java.util.ConcurrentModificationException]");
        assertThat(Written.detail(map).textValue())
                .isEqualTo("[unreadable: java.util.ConcurrentModificationException]");
    }

    @Test
    void shouldSurviveMapsThatAnotherThreadChanges() throws InterruptedException {
        Map<String, Object> map = new HashMap<>();
        AtomicBoolean stop = new AtomicBoolean();
        Thread changing = new Thread(() -> {
            for (int i = 0; !stop.get(); i++) {
                map.put("key" + i % 5000, i);
                if (i % 20_000 == 0) {
                    map.clear();
                }
            }
        });
        changing.start();
        try {
            for (int i = 0; i < 500; i++) {
                assertThat(Written.detail(map)).isNotNull();
            }
        } finally {
            stop.set(true);
            changing.join();
        }
    }

    @Test
    void shouldMarkCollectionsThatLie() {
        List<Object> noSize = new AbstractList<>() {
            @Override
            public Object get(int index) {
                return index;
            }

            @Override
            public int size() {
                throw new UnsupportedOperationException();
            }
        };
        Map<Object, Object> noEntries = new AbstractMap<>() {
            @Override
            @SuppressWarnings({"NullAway", "DataFlowIssue"}) // that it returns null is the point
            public Set<Entry<Object, Object>> entrySet() {
                return null;
            }
        };

        assertThat(Written.detail(noSize).textValue())
                .isEqualTo("[unreadable: java.lang.UnsupportedOperationException]");
        assertThat(Written.detail(noEntries).textValue()).isEqualTo("[unreadable: java.lang.NullPointerException]");
    }

    @Test
    void shouldCutACollectionThatNeverEnds() {
        List<Integer> endless = new AbstractList<>() {
            @Override
            public Integer get(int index) {
                return index;
            }

            @Override
            public Iterator<Integer> iterator() {
                return java.util.stream.IntStream.iterate(0, i -> i + 1).iterator();
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };

        JsonNode written = Written.detail(endless);

        assertThat(written).hasSize(1001);
        assertThat(written.get(1000).textValue()).isEqualTo("[cut, 2147483647 elements]");
    }
}
