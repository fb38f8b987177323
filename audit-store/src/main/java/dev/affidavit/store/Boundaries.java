package dev.affidavit.store;

import dev.affidavit.seal.TreeRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segment that is being sealed, and those behind it whose turn has not come. Used by the thread that seals. */
final class Boundaries {
    /** Oldest first; never empty. */
    private final List<Boundary> segments = new ArrayList<>();

    Boundaries(Boundary current, List<Boundary> behind) {
        segments.add(current);
        segments.addAll(behind);
    }

    Boundary current() {
        return segments.get(0);
    }

    /** The one behind the current one; null if there is none. */
    @Nullable
    Boundary next() {
        return segments.size() > 1 ? segments.get(1) : null;
    }

    /** The next one becomes the current one; its beginning is now known. Needs no memory. */
    void advance(Boundary next) {
        segments.remove(0);
        segments.set(0, next);
    }

    /** @param before the range of the {@code first} lines before it; null if that is to be read */
    void begun(SegmentName segment, long first, @Nullable TreeRange before) {
        segments.add(new Boundary(segment, first, before));
    }

    /** See {@link StoredLines#linesMoved}: what lies between {@code from} and {@code to} is empty then. */
    void moved(SegmentName from, long count, SegmentName to) {
        int behind = indexOf(from) + 1;
        int copy = indexOf(to);
        if (copy < 0) {
            copy = behind;
            while (copy < segments.size() && segments.get(copy).segment().compareTo(to) < 0) {
                copy++;
            }
            segments.add(copy, new Boundary(to, segments.get(behind).first() - count, null));
        }
        long first = segments.get(copy).first();
        for (int i = behind; i < copy; i++) {
            segments.set(i, new Boundary(segments.get(i).segment(), first, null));
        }
    }

    private int indexOf(SegmentName segment) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).segment().equals(segment)) {
                return i;
            }
        }
        return -1;
    }
}
