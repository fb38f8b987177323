package dev.affidavit.store;

import dev.affidavit.seal.SignedNote;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which checkpoint is to be recorded in the log, so that it leaves the host with the events, and when: the last of each
 * segment, and by time if there is news. Times are nanoseconds as {@link System#nanoTime} has them. Used by the thread that
 * seals.
 */
final class Anchoring {
    /** No time: later than any. */
    static final long NEVER = Long.MAX_VALUE;

    private final Telling telling;
    private @Nullable SignedNote newest;
    private @Nullable SignedNote due;
    /** How many lines the newest is over. */
    private long lines;
    /** How many lines that is over which is due. */
    private long dueLines;
    /** How many lines that is over which was recorded last. */
    private long recordedLines;

    private long recordedAt;

    /** @param lines that the log has */
    Anchoring(Telling telling, long lines, long now) {
        this.telling = telling;
        this.lines = lines;
        this.recordedLines = lines;
        this.recordedAt = now;
    }

    void sealed(SignedNote checkpoint, long size) {
        newest = checkpoint;
        lines = size;
    }

    /** Its last checkpoint is due at once. */
    void segmentSealed(SignedNote checkpoint, long size) {
        sealed(checkpoint, size);
        due = checkpoint;
        dueLines = size;
    }

    /** In how many nanoseconds one becomes due by time; {@link #NEVER} if that waits for something else. */
    long nanosToNext(long now, Duration interval) {
        // One that could not be recorded goes with the next work: it must not keep the thread busy.
        return due == null && hasNews() ? recordedAt + interval.toNanos() - now : NEVER;
    }

    void becomeDue(long now, Duration interval) {
        if (nanosToNext(now, interval) <= 0) {
            due = newest;
            dueLines = lines;
        }
    }

    /** Whether none was recorded for so long. */
    boolean isSilentFor(Duration time, long now) {
        return now - recordedAt >= time.toNanos();
    }

    /** Records what is due; if that cannot be done now, the next call does. */
    void record(long now) {
        SignedNote next = due;
        if (next != null && telling.tell(to -> to.anchor(next.toString()))) {
            due = null;
            recordedAt = now;
            recordedLines = dueLines;
        }
    }

    /** One line more than at the last is that about it. */
    private boolean hasNews() {
        return newest != null && lines > recordedLines + 1;
    }
}
