package dev.affidavit.verify;

/** Is told how far a verification is. Called by several threads, a few times for each mebibyte at most; must not throw. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (done, all) -> {};

    /**
     * Tells how far it is.
     *
     * @param done bytes read so far; never gets smaller from call to call of one thread
     * @param all bytes that the log had at the beginning: a log that is written to gets longer
     */
    void at(long done, long all);
}
