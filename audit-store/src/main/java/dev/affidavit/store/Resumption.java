package dev.affidavit.store;

/** Where a reader stands after it was opened at a stored position. */
public enum Resumption {
    /** At that position; the line before it is the one that was there. */
    EXACT,
    /**
     * The segment is gone: at the head of the oldest later one. Lines may be missing between. If no later one is there, as
     * when an older state of the directory was put back, at the head of the oldest of all. Lines come again.
     */
    SEGMENT_GONE,
    /** The segment is not the file it was: at its head. Lines come again. */
    SEGMENT_CHANGED
}
