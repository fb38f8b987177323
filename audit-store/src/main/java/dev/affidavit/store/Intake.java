package dev.affidavit.store;

import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where lines come in: those of callers, and what the log reports of itself, which may draw on the reserve. Not
 * thread-safe; used by who has the turn.
 */
final class Intake {
    private final Segments segments;
    private final Predicate<IOException> madeRoom;
    /** Why the last line of a caller could not be written; null if it was. */
    private @Nullable IOException failure;
    /** Whether the one before it could. */
    private boolean beganToFail;

    /** @param madeRoom whether a write that failed so may find room now */
    Intake(Segments segments, Predicate<IOException> madeRoom) {
        this.segments = segments;
        this.madeRoom = madeRoom;
    }

    /** Adds a line of a caller. Tells whether it was tried to begin a segment. */
    boolean line(Line line, LogOptions options) throws IOException {
        try {
            boolean tried = segments.append(line, options);
            failure = null;
            return tried;
        } catch (IOException e) {
            beganToFail = failure == null;
            failure = e;
            throw e;
        }
    }

    /** The same for a report, if need be out of the reserve. */
    boolean report(Line line, LogOptions options) throws IOException {
        beganToFail = false;
        while (true) {
            try {
                return segments.appendReport(line, options);
            } catch (IOException e) {
                if (segments.unfinishedLine() != null || !madeRoom.test(e)) {
                    throw e;
                }
            }
        }
    }

    /** Whether what failed last was the first line in a row: only then is there news. */
    boolean beganToFail() {
        return beganToFail;
    }

    /** What does not work. */
    DiskWatch.WriteFailures failures() {
        return new DiskWatch.WriteFailures(failure, segments.rotationFailure());
    }
}
