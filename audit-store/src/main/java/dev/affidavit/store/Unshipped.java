package dev.affidavit.store;

/** What becomes of a segment that is to be removed and that a pinning cursor has not passed. */
public enum Unshipped {
    /** It stays, however many segments there are. */
    KEEP,
    /** It is removed; the removal names the cursors. */
    DROP
}
