package dev.affidavit.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which segments must stay whatever the limits say. */
final class Retention {
    /** Older than every segment: nothing may go. */
    private static final SegmentName NOTHING_PASSED = SegmentName.first(Instant.EPOCH);

    private Retention() {}

    /**
     * The oldest segment that a pinning cursor has not passed; null if no cursor pins. A cursor that does not exist has
     * passed nothing, and one that cannot be read may have passed nothing.
     */
    static @Nullable SegmentName oldestPinned(LogDirectory directory, Set<String> cursorNames) {
        Cursors cursors = new Cursors(directory);
        SegmentName oldest = null;
        for (String name : cursorNames) {
            SegmentName needed = neededBy(cursors, name);
            if (oldest == null || needed.compareTo(oldest) < 0) {
                oldest = needed;
            }
        }
        return oldest;
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
