package dev.affidavit.forward;

import dev.affidavit.store.StoredLine;

/**
 * A line on its way to a destination.
 *
 * @param stored the line as the log has it, and where
 * @param refusals how often the destination has refused it before
 */
record Parcel(StoredLine stored, int refusals) {
    /** What it takes of a batch; never 0, so that half a batch is always less than all of it. */
    int bytes() {
        return stored.bytes().length + 1;
    }
}
