package dev.affidavit.benchmarks.forwarding;

import java.io.IOException;
import java.nio.file.Path;

/** One way from a file to a receiver. */
interface Contender {
    String name();

    /**
     * Carries all events once.
     *
     * @param directory an empty one, for this run alone
     */
    Usage carry(Source source, Path directory) throws IOException;
}
