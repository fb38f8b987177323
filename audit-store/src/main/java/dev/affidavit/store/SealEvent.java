package dev.affidavit.store;

import dev.affidavit.seal.TreeRange;
import org.jspecify.annotations.Nullable;

/** What the thread that seals hears of, in the order of the log. Lines are counted from the opening of the log on. */
sealed interface SealEvent {
    /**
     * The lines behind the first {@code lines} are in this segment.
     *
     * @param before the range of all lines of the log before it; null while it is behind, see {@link SealedLines}
     */
    record Begun(SegmentName segment, long lines, @Nullable TreeRange before) implements SealEvent {}

    /** See {@link StoredLines#linesMoved}. */
    record Moved(SegmentName from, long count, SegmentName to) implements SealEvent {}

    /** What the log holds at a moment between two lines. */
    record Marked(TreeRange lines) implements SealEvent {}

    /** So many lines are on the device. */
    record Forced(long lines) implements SealEvent {}

    /** The lines behind the first {@code lines} are kept, to be added to a tree over those. */
    record Kept(long lines) implements SealEvent {}
}
