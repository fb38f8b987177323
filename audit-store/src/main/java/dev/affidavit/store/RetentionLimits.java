package dev.affidavit.store;

import java.time.Duration;
import java.util.Set;

/**
 * How much of a log is kept. What is beyond a limit is removed from the oldest segment on, whole segments only, never the
 * one being written, and never under legal hold. Immutable.
 *
 * @param maxSegments how many segments, the one being written included; at least 2
 * @param maxAge how long after its newest line a segment is kept
 * @param minAge how long it is kept whatever the other limits say; at most {@code maxAge}
 * @param maxBytes how much all segments hold, the one being written counted as if it were full
 * @param unshipped what becomes of a segment that a cursor of {@code pinnedBy} has not passed
 * @param pinnedBy names of cursors. One that does not exist yet, or cannot be read, has passed nothing; one that is not
 *     named here keeps nothing
 */
public record RetentionLimits(
        int maxSegments, Duration maxAge, Duration minAge, long maxBytes, Unshipped unshipped, Set<String> pinnedBy) {
    /** For {@code maxBytes}: as much as the device holds. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    public RetentionLimits {
        pinnedBy = Set.copyOf(pinnedBy);
        LogOptions.require(
                maxSegments >= 2,
                "maxSegments",
                "at least 2: the segment being written and one before it",
                maxSegments);
        LogOptions.require(maxAge.toMillis() > 0, "maxAge", "at least 1 ms", maxAge);
        LogOptions.require(
                !minAge.isNegative() && minAge.compareTo(maxAge) <= 0, "minAge", "zero to maxAge, " + maxAge, minAge);
        LogOptions.require(maxBytes > 0, "maxBytes", "at least 1", maxBytes);
    }
}
