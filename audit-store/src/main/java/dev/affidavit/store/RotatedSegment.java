package dev.affidavit.store;

import java.time.Instant;

/**
 * A segment that takes no more lines.
 *
 * @param modified when it was written to last, by its modification time or by the clock of the writer that did it
 */
record RotatedSegment(SegmentName name, long bytes, Instant modified) {
    /**
     * When its newest line was written. A modification time before the segment was even begun, as a copy may have, is
     * not believed; but if the name itself is of the future, the clock was wrong when it was given.
     */
    Instant newestLine(Instant now) {
        boolean credible = !modified.isBefore(name.second()) || name.second().isAfter(now);
        return credible ? modified : name.second();
    }
}
