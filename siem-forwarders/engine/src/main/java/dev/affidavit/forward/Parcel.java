package dev.affidavit.forward;

import dev.affidavit.spi.ForwardedLine;

/**
 * A line on its way to a destination.
 *
 * @param segment the file that it stands in
 * @param offset where in that file
 * @param refusals how often the destination has refused it before
 */
record Parcel(ForwardedLine line, String segment, long offset, int refusals) {
    /** What it takes of a batch; never 0, so that half a batch is always less than all of it. */
    int bytes() {
        return line.json().length + 1;
    }
}
