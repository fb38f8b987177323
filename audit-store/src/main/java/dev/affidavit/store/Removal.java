package dev.affidavit.store;

import java.util.List;

/**
 * A segment that retention removes, and why.
 *
 * @param segment its file name
 * @param bytes its size
 * @param undeliveredTo the cursors that pin and have not passed it, sorted; empty unless {@link Unshipped#DROP} lets it
 *     go all the same
 */
public record Removal(String segment, long bytes, Limit exceeded, List<String> undeliveredTo) {
    public Removal {
        undeliveredTo = List.copyOf(undeliveredTo);
    }

    /** The limit that the log is beyond. */
    public enum Limit {
        MAX_SEGMENTS,
        MAX_AGE,
        MAX_BYTES
    }
}
