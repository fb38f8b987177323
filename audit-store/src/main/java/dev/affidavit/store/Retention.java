package dev.affidavit.store;

import dev.affidavit.store.Removal.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is beyond the limits of a log at one moment, and whether it may go. Decides only; {@link Pruning} removes.
 *
 * @param limits in force
 * @param pins which readers still need what
 * @param held whether the log is under legal hold
 * @param now by which ages count
 */
record Retention(RetentionLimits limits, Pins pins, boolean held, Instant now) {
    /** So that the line that records the removals stays far below the longest that a log takes. */
    static final int MAX_REMOVALS_AT_ONCE = 100;

    /**
     * What is to be removed, from the front: up to {@link #MAX_REMOVALS_AT_ONCE}.
     *
     * @param activeBytes what the segment being written counts for
     */
    Plan plan(RotatedSegments rotated, long activeBytes) {
        List<Removal> removals = new ArrayList<>();
        int segments = rotated.count() + 1;
        long bytes = rotated.bytes() + activeBytes;
        for (RotatedSegment oldest : rotated.oldestFirst()) {
            Limit exceeded = exceeded(oldest, segments, bytes);
            if (exceeded == null || removals.size() == MAX_REMOVALS_AT_ONCE) {
                return new Plan(removals, null);
            }
            List<String> undeliveredTo = pins.on(oldest.name());
            Hindrance hindrance = hindrance(oldest, undeliveredTo);
            if (hindrance != null) {
                return new Plan(removals, hindrance);
            }
            removals.add(new Removal(oldest.name().fileName(), oldest.bytes(), exceeded, undeliveredTo));
            segments--;
            bytes -= oldest.bytes();
        }
        return new Plan(removals, null);
    }

    private @Nullable Limit exceeded(RotatedSegment oldest, int segments, long bytes) {
        if (segments > limits.maxSegments()) {
            return Limit.MAX_SEGMENTS;
        }
        if (age(oldest).compareTo(limits.maxAge()) > 0) {
            return Limit.MAX_AGE;
        }
        return bytes > limits.maxBytes() ? Limit.MAX_BYTES : null;
    }

    private @Nullable Hindrance hindrance(RotatedSegment oldest, List<String> undeliveredTo) {
        if (held) {
            return Hindrance.LEGAL_HOLD;
        }
        if (limits.unshipped() == Unshipped.KEEP && !undeliveredTo.isEmpty()) {
            return new Hindrance("not delivered by " + String.join(", ", undeliveredTo));
        }
        if (age(oldest).compareTo(limits.minAge()) < 0) {
            return Hindrance.MIN_AGE;
        }
        return null;
    }

    /** Zero for what was written in the future, by a clock that has stepped back since. */
    private Duration age(RotatedSegment segment) {
        Duration age = Duration.between(segment.newestLine(now), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /**
     * What is to be done.
     *
     * @param hindrance why what comes next stays although a limit is exceeded; null if none is
     */
    record Plan(List<Removal> removals, @Nullable Hindrance hindrance) {}

    /** Why a segment beyond a limit stays. */
    record Hindrance(String reason) {
        private static final Hindrance LEGAL_HOLD = new Hindrance("under legal hold");
        private static final Hindrance MIN_AGE = new Hindrance("younger than it must become");
    }
}
