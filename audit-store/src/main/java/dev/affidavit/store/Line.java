package dev.affidavit.store;

/**
 * One line on its way into the log. The bytes end with {@code \n} and hold no other {@code \n} and no NUL; the store
 * does not look at them otherwise.
 */
public interface Line {
    /** The array that holds the line from index 0. */
    byte[] bytes();

    /**
     * How many bytes of {@link #bytes()} belong to the line, its {@code \n} included; from 1 to {@link
     * LogWriter#MAX_LINE_BYTES}.
     */
    int length();

    /** How many bytes it has at most once it has {@linkplain #enter entered} a segment. */
    default int maxLength() {
        return length();
    }

    /**
     * Called in the writer's turn, in the order of the file, just before the line is written, perhaps by another thread: the moment to stamp
     * what must increase from line to line. Must not block. May be called for a line whose writing then fails.
     */
    default void settle() {}

    /**
     * Called in the same turn when it is known which segment the line goes to, after {@link #settle} and just before it is
     * written: the moment to encrypt it for that place. The same holds for it.
     *
     * @param segment the file name
     */
    default void enter(String segment) {}
}
