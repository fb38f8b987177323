package dev.affidavit.store;

import dev.affidavit.seal.TreeRange;
import org.jspecify.annotations.Nullable;

/**
 * Where a segment begins.
 *
 * @param first how many lines of the log are before it; {@link #UNREAD} if that is not known
 * @param before their range; null if that has to be read from the segments before: lines were moved, or not read yet
 */
record Boundary(SegmentName segment, long first, @Nullable TreeRange before) {
    /** Less than any number of lines. */
    private static final long UNREAD = -1;

    /** Of a segment behind one that is complete and not read yet. */
    static Boundary unread(SegmentName segment) {
        return new Boundary(segment, UNREAD, null);
    }

    boolean isUnread() {
        return first == UNREAD;
    }

    static Boundary of(SegmentName segment, TreeRange before) {
        return new Boundary(segment, before.size(), before);
    }
}
