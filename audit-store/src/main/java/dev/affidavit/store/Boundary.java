package dev.affidavit.store;

import dev.affidavit.seal.TreeRange;
import org.jspecify.annotations.Nullable;

/**
 * Where a segment begins.
 *
 * @param first how many lines of the log are before it
 * @param before their range; null if that has to be read from the segments before, since lines were moved
 */
record Boundary(SegmentName segment, long first, @Nullable TreeRange before) {
    static Boundary of(SegmentName segment, TreeRange before) {
        return new Boundary(segment, before.size(), before);
    }
}
