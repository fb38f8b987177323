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
 */
record Environment(
        Disk disk, InstantSource clock, LongSupplier nanos, SecureRandom random, StoredLines stored, Duration round) {
    /**
     * Soon enough for a person who drops a legal hold and looks for its event, and for a disk that fills; a round costs a
     * few system calls.
     */
    private static final Duration ROUND = Duration.ofSeconds(30);

    static Environment real() {
        return new Environment(
                new RealDisk(), InstantSource.system(), System::nanoTime, new SecureRandom(), new LineTree(), ROUND);
    }
}
