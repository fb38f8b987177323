package dev.affidavit.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the callers of a log were told up to a moment, and so what must be in it. A line is safe from a power cut if its
 * caller waited for that; or if its call returned before a force of the newest segment began that has ended well. Not
 * thread-safe.
 */
final class CrashLedger {
    /** Begins the lines that record what retention removes; the names of the segments follow. */
    static final String PRUNED = "pruned ";

    private final Map<String, Entry> lines = new TreeMap<>();
    private final List<Entry> unsafe = new ArrayList<>();
    /** When those forces began that make safe what was acknowledged before. */
    private final Map<Integer, Integer> covering = new HashMap<>();
    /** Of each line the files that it was written to. */
    private final Map<String, Set<Integer>> homes = new HashMap<>();

    private final Map<Integer, String> segments = new HashMap<>();
    private int moment;
    private boolean writing;
    private boolean powerWasCut;

    /** @param disk as it is before the step */
    void apply(Step step, ReplayedDisk disk) {
        moment++;
        if (step instanceof Step.Opening || step instanceof Step.Opened) {
            writing = step instanceof Step.Opened;
        } else if (step instanceof Step.PowerCut) {
            powerWasCut = true;
        } else if (step instanceof Step.Begun begun) {
            lines.put(begun.line(), new Entry(moment));
        } else if (step instanceof Step.Acknowledged acknowledged) {
            acknowledge(entry(acknowledged.line()), acknowledged.durability());
        } else if (step instanceof Step.ForceBegun begun) {
            if (writing && disk.isNewestSegment(begun.file())) { // a writer that opens begins at the end
                covering.put(begun.force(), moment);
            }
        } else if (step instanceof Step.ForceEnded ended) {
            Integer since = covering.remove(ended.force());
            if (since != null && ended.good()) {
                unsafe.stream().filter(line -> line.acknowledged < since).forEach(line -> line.safe = true);
                unsafe.removeIf(line -> line.safe);
            }
        } else if (step instanceof Step.Created created) {
            segments.put(created.file(), created.name());
        } else if (step instanceof Step.Renamed renamed) {
            segments.put(disk.number(renamed.from()), renamed.to());
        } else if (step instanceof Step.Written written) {
            text(written.bytes())
                    .lines()
                    .forEach(line ->
                            homes.computeIfAbsent(line, any -> new HashSet<>()).add(written.file()));
        }
    }

    private void acknowledge(Entry line, Durability durability) {
        line.acknowledged = Math.min(line.acknowledged, moment);
        line.safe |= durability == Durability.SYNCED;
        if (!line.safe) {
            unsafe.add(line);
        }
    }

    private Entry entry(String line) {
        Entry entry = find(line);
        if (entry == null) {
            throw new IllegalStateException("never begun: " + line);
        }
        return entry;
    }

    boolean powerWasCut() {
        return powerWasCut;
    }

    /** What is known of a line; null if nobody began to append it. */
    @Nullable
    Entry find(String line) {
        return lines.get(line);
    }

    Stream<String> begun() {
        return lines.keySet().stream();
    }

    /** The lines that a crash of this kind must have left in the log, or in a segment that was removed. */
    Stream<String> required(Crash crash) {
        return lines.entrySet().stream()
                .filter(line -> crash == Crash.POWER_CUT
                        ? line.getValue().safe
                        : line.getValue().isAcknowledged())
                .map(Map.Entry::getKey);
    }

    /** Whether the line was in a segment that is not later than {@code removed}, and not in {@code there}. */
    boolean wasRemoved(String line, String removed, List<String> there) {
        return homes.getOrDefault(line, Set.of()).stream()
                .map(segments::get)
                .anyMatch(segment -> segment != null
                        && Names.isSegment(segment)
                        && segment.compareTo(removed) <= 0
                        && !there.contains(segment));
    }

    /** The last of the segments that these lines say are removed; empty if none do. */
    static String lastRemoved(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(PRUNED))
                .flatMap(line -> Stream.of(line.split(" ", -1)))
                .filter(Names::isSegment)
                .max(String::compareTo)
                .orElse("");
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1); // any byte, each by itself
    }

    /** A line and the moments of its call. */
    static final class Entry {
        final int begun;
        int acknowledged = Integer.MAX_VALUE;
        private boolean safe;

        Entry(int begun) {
            this.begun = begun;
        }

        boolean isAcknowledged() {
            return acknowledged < Integer.MAX_VALUE;
        }
    }
}
