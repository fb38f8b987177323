package dev.affidavit.store;

import dev.affidavit.seal.TreeRange;

/** What the thread that seals hears of, in the order of the log. */
sealed interface SealEvent {
    /** The lines behind these are in this segment. */
    record Begun(SegmentName segment, TreeRange before) implements SealEvent {}

    /** See {@link StoredLines#linesMoved}. */
    record Moved(SegmentName from, long count, SegmentName to) implements SealEvent {}

    /** What the log holds at a moment between two lines. */
    record Marked(TreeRange lines) implements SealEvent {}

    /** So many lines of the log are on the device. */
    record Forced(long lines) implements SealEvent {}
}
