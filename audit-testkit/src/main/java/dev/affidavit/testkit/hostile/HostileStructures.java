package dev.affidavit.testkit.hostile;

import dev.affidavit.testkit.hostile.HostileObjects.Speaking;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists, maps and arrays that are too large, too deep, in themselves, or not what they say. */
final class HostileStructures {
    private static final int MOST_ENTRIES = 1000;
    private static final int MOST_DEEP = 16;
    private static final String TOO_DEEP = "[cut, nested deeper than 16]";

    private HostileStructures() {}

    static List<HostileValue> all() {
        return Stream.of(arrays(), keys(), large(), deep(), lying())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileValue> arrays() {
        return List.of(
                HostileValue.of("bytes", new byte[] {-1, 0}, Said.list(Said.number(-1), Said.number(0))),
                HostileValue.of(
                        "characters", new char[] {'"', '\ud83d'}, Said.list(Said.text("\""), Said.text("\ud83d"))),
                HostileValue.of("arrays", new int[][] {{1}, {}}, Said.list(Said.list(Said.number(1)), Said.list())),
                HostileValue.of(
                        "what is nothing, in a list",
                        Arrays.asList(null, Double.NaN, Map.of()),
                        Said.list(Said.NULL, Said.text("NaN"), Said.object(Map.of()))));
    }

    private static List<HostileValue> keys() {
        Map<@Nullable Object, @Nullable Object> odd = new LinkedHashMap<>();
        odd.put(null, null);
        odd.put(1.5, "number");
        odd.put(List.of(1), "list");
        odd.put(
                new Speaking(() -> {
                    throw new IllegalStateException();
                }),
                "unreadable");
        Map<Object, Object> alike = new LinkedHashMap<>();
        alike.put("1", 1);
        alike.put(1, 2);
        alike.put(1L, 3);
        alike.put("1#2", 4);
        IdentityHashMap<String, Object> twice = new IdentityHashMap<>();
        twice.put("key", 0);
        twice.put(String.copyValueOf(new char[] {'k', 'e', 'y'}), 0);
        Map<String, Object> own = new LinkedHashMap<>();
        for (String key : List.of("id", "timestamp", "details", "success", "seq", "type", "__proto__", "", "[cut]")) {
            own.put(key, 0);
        }
        String large = "k".repeat(64 * 1024);
        return List.of(
                HostileValue.of(
                        "keys that are no texts",
                        odd,
                        object(
                                "null",
                                Said.NULL,
                                "1.5",
                                Said.text("number"),
                                "[1]",
                                Said.text("list"),
                                "[unreadable: java.lang.IllegalStateException]",
                                Said.text("unreadable"))),
                HostileValue.of(
                        "keys that become the same text",
                        alike,
                        object(
                                "1",
                                Said.number(1),
                                "1#2",
                                Said.number(2),
                                "1#3",
                                Said.number(3),
                                "1#2#2",
                                Said.number(4))),
                HostileValue.of("a key twice", twice, object("key", Said.number(0), "key#2", Said.number(0))),
                HostileValue.of("keys like fields", own, zeros(own.keySet())),
                HostileValue.of("a large key", Map.of(large, 0), zeros(Set.of(HostileFields.key(large)))));
    }

    private static List<HostileValue> large() {
        Map<String, Said> kept = new LinkedHashMap<>();
        Map<String, Object> many = new LinkedHashMap<>();
        for (int i = 0; i < 10_000; i++) {
            many.put("key" + i, i);
            if (i < MOST_ENTRIES) {
                kept.put("key" + i, Said.number(i));
            }
        }
        kept.put("[cut]", Said.text("10000 entries"));
        return List.of(
                HostileValue.of("10,000 keys", many, Said.object(kept)),
                HostileValue.of("10,000 elements", new boolean[10_000], zerosAndMark("10000")),
                HostileValue.of(
                        "1,000 elements",
                        new boolean[MOST_ENTRIES],
                        Said.list(Collections.nCopies(MOST_ENTRIES, Said.bool(false)))));
    }

    private static List<HostileValue> deep() {
        Object lists = "bottom";
        Object maps = "bottom";
        for (int i = 0; i < 10_000; i++) {
            lists = i % 2 == 0 ? List.of(lists) : new Object[] {lists};
            maps = Map.of("k", maps);
        }
        Map<String, Object> itself = new LinkedHashMap<>();
        itself.put("k", itself);
        List<Object> cycle = new ArrayList<>();
        cycle.add(new Object[] {cycle});
        Said inLists = Said.text(TOO_DEEP);
        Said inMaps = Said.text(TOO_DEEP);
        for (int i = 1; i < MOST_DEEP; i++) { // the details themselves are the first
            inLists = Said.list(inLists);
            inMaps = object("k", inMaps);
        }
        return List.of(
                HostileValue.of("10,000 lists deep", lists, inLists),
                HostileValue.of("10,000 maps deep", maps, inMaps),
                HostileValue.of("a map in itself", itself, inMaps),
                HostileValue.of("a list in itself", cycle, inLists));
    }

    private static List<HostileValue> lying() {
        List<Object> growing = new ArrayList<>();
        growing.add(new Speaking(() -> {
            growing.add("more");
            return "x";
        }));
        growing.add("y");
        return List.of(
                HostileValue.unreadable("a list that changes", growing, ConcurrentModificationException.class),
                HostileValue.of("a list without end", new Endless(Integer.MAX_VALUE, 0), zerosAndMark("2147483647")),
                HostileValue.of("a list that says it is empty", new Endless(0, 0), zerosAndMark("0")),
                HostileValue.unreadable(
                        "a list that says it is longer", new Endless(7, -1), NoSuchElementException.class),
                HostileValue.unreadable(
                        "a list without a size", new Endless(-1, 0), UnsupportedOperationException.class),
                HostileValue.unreadable(
                        "a map without entries",
                        new AbstractMap<Object, Object>() {
                            @Override
                            @SuppressWarnings({"NullAway", "DataFlowIssue"}) // that it returns null is the point
                            public Set<Entry<Object, Object>> entrySet() {
                                return null;
                            }
                        },
                        NullPointerException.class),
                HostileValue.unreadable(
                        "a map with an entry that is none",
                        new AbstractMap<Object, Object>() {
                            @Override
                            public Set<Entry<Object, Object>> entrySet() {
                                return Collections.singleton(null);
                            }
                        },
                        NullPointerException.class));
    }

    private static Said zerosAndMark(String size) {
        List<Said> kept = new ArrayList<>(Collections.nCopies(MOST_ENTRIES, Said.bool(false)));
        kept.add(Said.text("[cut, " + size + " elements]"));
        return Said.list(kept);
    }

    private static Said zeros(Set<String> keys) {
        Map<String, Said> members = new LinkedHashMap<>();
        keys.forEach(key -> members.put(key, Said.number(0)));
        return Said.object(members);
    }

    private static Said object(Object... keysAndValues) {
        Map<String, Said> members = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            members.put((String) keysAndValues[i], (Said) keysAndValues[i + 1]);
        }
        return Said.object(members);
    }

    /** A list that says {@code size}; has elements for ever, or, if {@code first} is negative, none. */
    private static final class Endless extends AbstractList<Boolean> {
        private final int size;
        private final int first;

        Endless(int size, int first) {
            this.size = size;
            this.first = first;
        }

        @Override
        public Boolean get(int index) {
            return false;
        }

        @Override
        public int size() {
            if (size < 0) {
                throw new UnsupportedOperationException();
            }
            return size;
        }

        @Override
        public Iterator<Boolean> iterator() {
            if (first < 0) {
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public Boolean next() {
                        throw new NoSuchElementException();
                    }
                };
            }
            return IntStream.iterate(first, i -> i + 1).mapToObj(i -> false).iterator();
        }
    }
}
