package dev.affidavit.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What the writer takes from outside, so that a test can take its place.
 *
 * @param nanos a clock that nobody sets
 * @param stored is told of each line, in order; see {@link StoredLines}
 * @param round how long housekeeping rests if nothing calls it
 * @param readAtOpening how many bytes that no seal is over are read before a log is opened; where there are more, those are
 *     sealed while it is written
 */
record Environment(
        Disk disk,
        InstantSource clock,
        LongSupplier nanos,
        SecureRandom random,
        StoredLines stored,
        Duration round,
        long readAtOpening) {
    /**
     * Soon enough for a person who drops a legal hold and looks for its event, and for a disk that fills; a round costs a
     * few system calls.
     */
    private static final Duration ROUND = Duration.ofSeconds(30);

    /** A fraction of a second, and more than a crash leaves; whoever opens a log waits for it. */
    static final long READ_AT_OPENING = 64L * 1024 * 1024;

    static Environment real() {
        return new Environment(
                new RealDisk(),
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom(),
                StoredLines.NOWHERE,
                ROUND,
                READ_AT_OPENING);
    }
}
