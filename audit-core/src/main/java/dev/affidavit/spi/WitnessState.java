package dev.affidavit.spi;

/** How the cosigning of a log by a witness goes. */
public enum WitnessState {
    /** There was no checkpoint for it yet. */
    WAITING,
    /** It cosigned the newest checkpoint that it was given. */
    COSIGNING,
    /** It cannot be reached, or not answer now; it is tried again by itself. */
    RETRYING,
    /** It does not take the log, or its answers are none of this witness; somebody has to look at that. */
    REFUSED,
    /** What it saw cannot be proven to have been added to: the lines are gone, or damaged. */
    UNPROVABLE,
    /** It saw another log under this name than the one that is here: rolled back, changed, or written by two. */
    DISAGREES
}
