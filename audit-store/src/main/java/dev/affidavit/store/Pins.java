package dev.affidavit.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Which segments the readers of a log still need, by their stored positions at one moment. */
final class Pins {
    /** Older than every segment: nothing is passed. */
    private static final SegmentName NOTHING_PASSED = SegmentName.first(Instant.EPOCH);

    /** The oldest segment that each cursor needs. */
    private final Map<String, SegmentName> needed;

    private Pins(Map<String, SegmentName> needed) {
        this.needed = needed;
    }

    /**
     * A cursor that does not exist has passed nothing; one that cannot be read, or is ahead of the log, may have passed
     * nothing.
     *
     * @param newest gives the newest segment; asked after the cursors are read, which may enter one meanwhile
     */
    static Pins read(LogDirectory directory, Set<String> cursorNames, Supplier<SegmentName> newest) {
        Cursors cursors = new Cursors(directory);
        Map<String, SegmentName> needed = new TreeMap<>();
        cursorNames.forEach(name -> needed.put(name, neededBy(cursors, name)));
        SegmentName end = newest.get();
        needed.replaceAll((name, segment) -> segment.compareTo(end) > 0 ? NOTHING_PASSED : segment);
        return new Pins(needed);
    }

    /** The cursors that have not passed the segment, sorted. */
    List<String> on(SegmentName segment) {
        return needed.entrySet().stream()
                .filter(entry -> entry.getValue().compareTo(segment) <= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static SegmentName neededBy(Cursors cursors, String name) {
        try {
            return cursors.read(name)
                    .flatMap(position -> SegmentName.parse(position.segment()))
                    .orElse(NOTHING_PASSED);
        } catch (StoreException unreadable) {
            return NOTHING_PASSED;
        }
    }
}
