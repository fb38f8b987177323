package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which files hold lines that were written to earlier ones: copies of what the device refused there, of which the log keeps notes.
 * Thread-safe.
 */
public final class MovedLines {
    private final PoisonedSegments notes;

    private MovedLines(PoisonedSegments notes) {
        this.notes = notes;
    }

    /**
     * Of the log in this directory.
     *
     * @throws StoreException if it is none
     */
    public static MovedLines of(Path directory) {
        return new MovedLines(new PoisonedSegments(LogDirectory.existing(directory)));
    }

    /**
     * Whether lines that were written to one file may stand in the other.
     *
     * @param from the file name of a segment
     * @param to that of another
     * @throws StoreException if the notes cannot be read
     */
    public boolean stand(String from, String to) {
        Optional<SegmentName> at = SegmentName.parse(from);
        Optional<SegmentName> wanted = SegmentName.parse(to);
        try {
            // A copy is later than what it is a copy of, so this ends.
            while (at.isPresent() && wanted.isPresent() && at.get().compareTo(wanted.get()) < 0) {
                at = notes.copyOf(at.get());
            }
        } catch (IOException e) {
            throw new StoreException("the notes on refused lines cannot be read: " + e, e);
        }
        return wanted.isPresent() && at.equals(wanted) && !from.equals(to);
    }
}
