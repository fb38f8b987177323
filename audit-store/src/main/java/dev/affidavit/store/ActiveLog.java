package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A log that is open for writing, as its callers, its threads and its readers share it. Whoever changes its segments takes a
 * turn, which is never held while the device is waited for. Thread-safe.
 */
final class ActiveLog {
    private final LogDirectory directory;
    private final Environment environment;
    private final Turns turns = new Turns();
    private final SealMarks marks;
    private final @Nullable Sealing sealing;
    private final Runnable news;

    // Used in a turn alone.
    private final Segments segments;
    private final Intake intake;
    /** Whether the last line was added, or was to be. */
    private boolean refusing;

    private boolean closed;

    /** Changed in a turn alone; read by others without one. */
    private volatile long written;

    private volatile LogOptions options;

    /** Why nothing more can be forced; null while it can. */
    private volatile @Nullable Throwable forceFailure;

    /**
     * @param sealing who seals it; null if nobody does
     * @param madeRoom whether a write that failed so may find room now; called in a turn
     * @param news called when there is something that housekeeping should look at
     */
    ActiveLog(
            LogDirectory directory,
            Environment environment,
            LogOptions options,
            Segments segments,
            @Nullable Sealing sealing,
            Predicate<IOException> madeRoom,
            Runnable news) {
        this.directory = directory;
        this.environment = environment;
        this.options = options;
        this.segments = segments;
        this.intake = new Intake(segments, madeRoom);
        this.sealing = sealing;
        this.marks = sealing == null ? SealMarks.NONE : sealing;
        this.news = news;
    }

    Path path() {
        return directory.path();
    }

    LogOptions options() {
        return options;
    }

    void reconfigure(LogOptions newOptions) {
        options = newOptions;
    }

    Instant now() {
        return environment.clock().instant();
    }

    /** How many lines were written. */
    long written() {
        return written;
    }

    /**
     * Writes a line, the last one perhaps. Returns its number, counted from 1.
     *
     * @throws StoreException if it is not in the log
     * @throws IllegalArgumentException if it is none
     */
    long append(Line line, Adding adding, boolean last) {
        return inTurn(new Append(line, adding, last)).number;
    }

    /** Needs the turn. */
    private long write(Line line, Adding adding, boolean last) {
        segments.cutAgain();
        requireWritable();
        refusing = last;
        try {
            line.settle();
            boolean tried = adding.add(intake, line, options);
            boolean isFirst = written == 0;
            written = segments.written();
            if (tried || isFirst) {
                news.run();
            }
            return written;
        } catch (IOException e) {
            if (intake.beganToFail()) {
                news.run();
            }
            throw new StoreException(
                    "%s: line not written: %s".formatted(directory.path().resolve(segments.activeName()), e), e);
        }
    }

    /** Needs the turn. */
    private void requireWritable() {
        if (refusing) {
            throw new LogClosedException(directory.path());
        }
        Throwable failure = failureInTurn();
        if (failure != null) {
            throw new StoreException(
                    "%s takes no more lines: %s. Mend the device and open the log again."
                            .formatted(directory.path().resolve(segments.activeName()), failure),
                    failure);
        }
    }

    private @Nullable Throwable failureInTurn() {
        Throwable failure = forceFailure;
        return failure != null ? failure : segments.unfinishedLine();
    }

    /** Why nothing more can be forced; null while it can. */
    @Nullable
    Throwable forceFailure() {
        return forceFailure;
    }

    /** There is something that housekeeping should look at. */
    void newsForHousekeeping() {
        news.run();
    }

    /** Takes no more lines: they could not be forced. What went wrong first is the cause. */
    void fail(Throwable cause) {
        if (forceFailure == null) {
            forceFailure = cause;
        }
    }

    /** How many lines a reader can have read by now: one may be in the file before it is counted. */
    long writtenForSure() {
        return inTurn(() -> written);
    }

    /** How many lines were written before the segment was begun; empty if it was not begun here, or is gone. */
    OptionalLong linesBefore(String segment) {
        return inTurn(() -> segments.linesBefore(segment));
    }

    /** The last name that may be in the directory. */
    SegmentName newestSegment() {
        return inTurn(segments::last);
    }

    /** The one that takes lines: a try to begin another may have left a later name. */
    SegmentName activeSegment() {
        return inTurn(segments::active);
    }

    DiskWatch.WriteFailures writeFailures() {
        return inTurn(intake::failures);
    }

    @Nullable
    Tampering look(FileWatch watch) throws IOException {
        return turns.take(() -> Optional.ofNullable(segments.look(watch))).orElse(null);
    }

    Unforced takeUnforced() {
        return inTurn(() -> segments.takeUnforced(written, marks));
    }

    /** Whether a force is due for the seal's sake. */
    boolean sealIsDue(long forced) {
        return marks.isDue(forced);
    }

    /** So many lines are on the device: tells the seal, if it waits for that. */
    void forced(long upTo) {
        if (marks.awaits(upTo)) {
            inTurn(() -> {
                segments.forced(upTo, marks);
                return upTo;
            });
        }
    }

    SetAside setAside() throws IOException {
        return turns.take(() -> segments.setAside(options));
    }

    void copied(SetAside aside, Iterable<Tail> tails) {
        inTurn(() -> {
            segments.copied(aside, tails);
            news.run();
            return written;
        });
    }

    LogStatistics statistics(Forcer forcer, Housekeeping housekeeping) {
        long forced = forcer.forced(); // in this order: who sees that lines are forced sees the force
        Forcer.ForceRecord last = forcer.last();
        return inTurn(() -> {
            Throwable failure = failureInTurn();
            return new LogStatistics(
                    written,
                    forced,
                    last.count(),
                    last.allTook(),
                    last.ended(),
                    last.took(),
                    last.rescues(),
                    last.rescuedLines(),
                    segments.activeName(),
                    segments.activeBytes(),
                    segments.rotated().count() + 1,
                    segments.rotations(),
                    retentionStatistics(housekeeping),
                    housekeeping.disk().statistics(),
                    sealing == null ? null : sealing.statistics(),
                    failure == null ? null : failure.toString());
        });
    }

    private RetentionStatistics retentionStatistics(Housekeeping housekeeping) {
        RotatedSegment oldest = segments.rotated().oldest();
        return new RetentionStatistics(
                oldest == null ? segments.activeName() : oldest.name().fileName(),
                segments.rotated().bytes() + segments.activeBytes(),
                housekeeping.pruning().removed(),
                housekeeping.pruning().dropped(),
                housekeeping.holds().inForce());
    }

    /** Refuses further lines. False if that was done before. */
    boolean close() {
        return inTurn(() -> {
            boolean first = !closed;
            closed = true;
            refusing = true;
            return first;
        });
    }

    void closeFiles() throws IOException {
        turns.take(() -> {
            segments.close();
            return written;
        });
    }

    private <T> T inTurn(Turns.Work<T> work) {
        try {
            return turns.take(work);
        } catch (IOException e) {
            throw new IllegalStateException("this work does none", e);
        }
    }

    /** A line on its way; itself the result, so that no number is boxed. */
    private final class Append implements Turns.Work<Append> {
        private final Line line;
        private final Adding adding;
        private final boolean last;
        private long number;

        Append(Line line, Adding adding, boolean last) {
            this.line = line;
            this.adding = adding;
            this.last = last;
        }

        @Override
        public Append run() {
            number = write(line, adding, last);
            return this;
        }
    }

    /** A way into the log. */
    interface Adding {
        /** Whether it was tried to begin a segment. */
        boolean add(Intake intake, Line line, LogOptions options) throws IOException;
    }
}
