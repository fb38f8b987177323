package dev.affidavit.verify;

/**
 * What a finding means for the log, and what the worst of them makes of the log. In the order of severity: the first is the
 * best.
 */
public enum Verdict {
    /** Information: retention removed the oldest files, and left the signed records that it has to. Never that of a whole log. */
    PRUNED,
    /** All lines are sealed, and all that was held against them from outside is in them. */
    ANCHORED,
    /** All lines are sealed. That there were no others behind them, files alone cannot tell. */
    SEALED,
    /** The last lines are not sealed (yet): the log is being written, or crashed, or was cut. This is not to be told apart here. */
    UNSEALED_TAIL,
    /**
     * The log has lines that are not where all its events are, between others that are: removed or refused there, or put into the log
     * later.
     */
    NOT_STORED,
    /** No key was pinned, or the log has others: somebody sealed it. Never a pass. */
    KEY_UNKNOWN,
    /** There is no seal where one has to be. */
    SEAL_MISSING,
    /** Lines are gone from the end. */
    TRUNCATED,
    /** The log is whole, and another than the one that was seen from outside. */
    ROLLED_BACK,
    /** Something is not what was sealed, or not sealed by who had to. */
    TAMPERED;

    /** Whether nothing speaks against the log. */
    public boolean isPass() {
        return compareTo(UNSEALED_TAIL) <= 0;
    }
}
