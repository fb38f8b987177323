package dev.affidavit.store;

/**
 * Finished lines of a segment that are written, and not known to be on the device.
 *
 * @param from where in the segment they begin
 * @param to where they end
 * @param lines how many there are
 * @param checksum of their bytes as they were written, see {@link GrowingTail}
 */
record Tail(SegmentName segment, SegmentFile file, long from, long to, long lines, long checksum) {
    long bytes() {
        return to - from;
    }
}
