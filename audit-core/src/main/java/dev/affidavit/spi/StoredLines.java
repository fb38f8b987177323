package dev.affidavit.spi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a destination keeps of a log, to be held against the log's files. A {@link DestinationFactory} implements it too if its
 * destination gives back the very bytes that it was given.
 */
public interface StoredLines {
    /**
     * Reads all lines that are there of one log, in any order, as they were at one moment. Connects for it as the destination is
     * configured, with a right to read; makes and changes nothing. Holds no more than some thousand of them in memory. On the
     * calling thread.
     *
     * @param logId as in {@link LogIdentity}
     * @throws MisconfiguredDestinationException if this client is refused, or what it is to read is not there
     * @throws IOException if not all of them can be read
     */
    void read(String logId, Taker taker) throws IOException;

    /** Is given each line. */
    @FunctionalInterface
    interface Taker {
        /**
         * A line that is stored.
         *
         * @param line without its {@code \n}; of what was changed there so that it is no line any more, what is left
         * @param id under which it is stored; null if it has none
         */
        void take(byte[] line, @Nullable String id);
    }
}
