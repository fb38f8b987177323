package dev.affidavit.benchmarks;

import java.io.IOException;

/** The one call that a contender's application makes for each event. Thread-safe. */
interface Call extends AutoCloseable {
    /** Records the event once; when it returns, the line is as safe as the contender promises. */
    void make() throws IOException;

    /** Shuts the framework down; afterwards all lines are in the file. */
    @Override
    void close() throws IOException;
}
