package dev.affidavit.listening;

import dev.affidavit.store.LogReader;
import dev.affidavit.store.LogWriter;
import dev.affidavit.store.StoreException;
import dev.affidavit.store.StoredLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a log from a place on, forced or not. Used by one thread, but for {@link #next} and {@link #left}.
 */
final class NewLines implements AutoCloseable {
    /** Enough that reading costs little per line. */
    private static final int MAX_LINES = 1000;
    /** With one line more, which may be 16 MiB, this is all the memory that a slow listener takes. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final LogWriter writer;
    private @Nullable LogReader reader;
    /** What the writer had written when there was nothing more to read. */
    private long allReadAt;

    private volatile Place next;

    NewLines(LogWriter writer, Place from) {
        this.writer = writer;
        this.next = from;
        this.allReadAt = from.line();
    }

    /**
     * The next lines; empty if there are none now, which costs next to nothing to find out. They count as unread until they
     * are {@link #passed}.
     *
     * @throws StoreException if the log cannot be read; the next call tries again
     */
    List<StoredLine> read() {
        long written = writer.written();
        if (written == allReadAt) {
            return List.of();
        }
        try {
            LogReader open =
                    reader == null ? LogReader.from(writer.directory(), next.segment(), next.offset()) : reader;
            reader = open;
            List<StoredLine> lines = open.read(MAX_LINES, MAX_BYTES);
            if (lines.isEmpty()) {
                allReadAt = written;
            }
            return lines;
        } catch (Throwable e) { // an Error too: the reader may be behind lines that it did not return
            close();
            throw e;
        }
    }

    /**
     * Moves behind a line that {@link #read} returned.
     *
     * @return how many lines before it were removed before they were read
     */
    long passed(StoredLine line) {
        Place before = next;
        Place behind = before.behind(line);
        long missed = 0;
        if (!line.segment().equals(before.segment())) {
            long begun = writer.linesBefore(line.segment()).orElse(before.line());
            missed = Math.max(0, begun - before.line());
            behind = behind.withLine(behind.line() + missed);
        }
        next = behind;
        return missed;
    }

    /** Where the next line begins. */
    Place next() {
        return next;
    }

    /** How many lines were written and not passed. */
    long left() {
        return Math.max(0, writer.written() - next.line());
    }

    /** Lets go of the file; the next {@link #read} begins behind what was passed. */
    @Override
    public void close() {
        LogReader open = reader;
        reader = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (StoreException e) {
            // Only read from: nothing is lost with it.
        }
    }
}
