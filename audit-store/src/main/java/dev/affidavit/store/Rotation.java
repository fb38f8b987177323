package dev.affidavit.store;

import java.time.Duration;

/** Which lines must not share a segment, by the intervals in which they are written. */
final class Rotation {
    private Rotation() {}

    /**
     * Whether a line written at {@code now} begins a new segment behind one written at {@code newest}, both in
     * milliseconds since the epoch. Not if the clock merely stepped back over one boundary: it is about to pass it again.
     */
    static boolean separates(long newest, long now, Duration interval) {
        if (now == newest) {
            return false;
        }
        long length = interval.toMillis();
        long ahead = Math.floorDiv(now, length) - Math.floorDiv(newest, length);
        return ahead > 0 || ahead < -1;
    }
}
