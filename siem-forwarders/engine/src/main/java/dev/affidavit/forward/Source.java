package dev.affidavit.forward;

import java.util.Optional;

/** Where lines come from. Used by one thread. */
interface Source extends AutoCloseable {
    /**
     * The lines that are next; the same again until they are {@link #passed}. Empty if there are none now.
     */
    Optional<Batch> next();

    /** The first {@code count} lines that {@link #next} returned last are settled, durably, and do not come again. */
    void passed(int count);

    /** Whether its lines wait for keys that are missing. Others become dead letters, which they were. */
    boolean waitsForKeys();

    /** How much of it the destination takes at once. Each source has its own: a search must not meet lines of another. */
    BatchSize size();

    @Override
    void close();
}
