package dev.affidavit.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines that the device refused, and that are safe now.
 *
 * @param upTo how many lines of the log are on the device
 * @param unsafe where the lines were, oldest first
 * @param copy where they are; null if there were none
 * @param left all that is to be closed
 */
record Rescued(long upTo, List<Tail> unsafe, @Nullable SegmentName copy, List<Tail> left) {
    long lines() {
        return unsafe.stream().mapToLong(Tail::lines).sum();
    }
}
