package dev.affidavit.store;

import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What the writer takes from outside, so that a test can take its place.
 *
 * @param stored is told of each line, in order; see {@link StoredLines}
 */
record Environment(Disk disk, InstantSource clock, SecureRandom random, StoredLines stored) {
    static Environment real() {
        return new Environment(new RealDisk(), InstantSource.system(), new SecureRandom(), StoredLines.NONE);
    }
}
