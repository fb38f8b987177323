package dev.affidavit.store;

import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Sums up what is written to a segment until the next force takes it over. Bounded: a sum, whatever is written. Not
 * thread-safe; used by who has the turn.
 */
final class GrowingTail {
    private final Checksum sum = checksum();
    private long from;
    private long lines;

    GrowingTail(long from) {
        this.from = from;
    }

    /** To find pages that the device lost, not a forger: so the cheapest sum that finds every lost page. */
    static Checksum checksum() {
        return new CRC32C();
    }

    void add(byte[] bytes, int length) {
        sum.update(bytes, 0, length);
        lines++;
    }

    /** What was added since it began, which ends at {@code to} in the file. */
    Tail upTo(SegmentName segment, SegmentFile file, long to) {
        return new Tail(segment, file, from, to, lines, sum.getValue());
    }

    /** Needs no memory, so that what was taken is never lost half-way. */
    void beginAnew(long newFrom) {
        sum.reset();
        from = newFrom;
        lines = 0;
    }
}
