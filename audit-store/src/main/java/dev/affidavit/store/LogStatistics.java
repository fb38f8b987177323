package dev.affidavit.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A log at one moment, since it was opened.
 *
 * @param written lines written
 * @param forced how many of them are on the device
 * @param forces how often the device was waited for
 * @param forcesTook how long that was, all together
 * @param lastForce when the last force ended well; null before the first
 * @param lastForceTook how long it took; null before the first
 * @param rescues how often the device refused a force and the lines it was for were copied to a new segment
 * @param rescuedLines how many lines these were
 * @param segment the file name of the segment being written
 * @param segmentBytes its size
 * @param segments how many segments there are, that one included
 * @param rotations how often another segment was begun, be it for what the device refused
 * @param retention what is kept and what was removed
 * @param disk how full it is
 * @param seal what is sealed; null if the log is not
 * @param failed why the log takes no more lines; null while it does
 */
public record LogStatistics(
        long written,
        long forced,
        long forces,
        Duration forcesTook,
        @Nullable Instant lastForce,
        @Nullable Duration lastForceTook,
        long rescues,
        long rescuedLines,
        String segment,
        long segmentBytes,
        int segments,
        long rotations,
        RetentionStatistics retention,
        DiskStatistics disk,
        @Nullable SealStatistics seal,
        @Nullable String failed) {
    /** Lines written and not yet known to be on the device. */
    public long unforced() {
        return written - forced;
    }
}
