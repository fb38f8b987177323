package dev.affidavit.listening;

import dev.affidavit.store.LogStatistics;
import dev.affidavit.store.LogWriter;
import dev.affidavit.store.StoredLine;

/**
 * A place between two lines of a log that is being written.
 *
 * @param offset of the next line in its segment
 * @param line how many lines the writer had written before it
 */
record Place(String segment, long offset, long line) {
    /** Behind all that was written. */
    static Place endOf(LogWriter writer) {
        LogStatistics now = writer.statistics();
        return new Place(now.segment(), now.segmentBytes(), now.written());
    }

    /** Behind {@code next}. */
    Place behind(StoredLine next) {
        return new Place(next.segment(), next.end(), line + 1);
    }

    /** The same, as the writer counts: lines between may be gone. */
    Place withLine(long counted) {
        return new Place(segment, offset, counted);
    }
}
