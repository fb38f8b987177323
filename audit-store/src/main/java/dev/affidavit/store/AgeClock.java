package dev.affidavit.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time by which the age of segments counts. A clock that jumps a year ahead must not make every segment too old at
 * once, so a jump is believed only when it has stood for a while; until then time goes on as it was. A clock that steps
 * back makes segments younger and is believed at once. Not thread-safe.
 */
final class AgeClock {
    /** More than clocks are corrected by and machines are paused for, as a rule. */
    private static final Duration JUMP = Duration.ofHours(1);
    /** Time for a person or NTP to put a clock right. */
    private static final Duration PROBATION = Duration.ofHours(1);

    private @Nullable Instant believed;
    /** When, in the nanoseconds of a clock that never jumps. */
    private long believedAt;

    private boolean started;
    private boolean doubting;
    private long doubtingSince;

    /** @param newestLine when the log's newest line was written before it was opened; null if it had none */
    AgeClock(@Nullable Instant newestLine) {
        believed = newestLine;
    }

    /**
     * The time to count by.
     *
     * @param wall what the clock says
     * @param nanos of a clock that never jumps
     * @param maxAge a log that was closed for longer is no proof of the time
     */
    Instant now(Instant wall, long nanos, Duration maxAge) {
        Duration passed = started ? Duration.ofNanos(nanos - believedAt) : Duration.ZERO;
        Instant expected = believed == null ? wall : believed.plus(passed);
        Duration ahead = Duration.between(expected, wall);
        boolean jumped = ahead.compareTo(started ? JUMP : maxAge) > 0;
        if (jumped && !doubting) {
            doubtingSince = nanos;
        }
        boolean trusted = !jumped || (doubting && nanos - doubtingSince >= PROBATION.toNanos());
        doubting = !trusted;
        started = true;
        believedAt = nanos;
        believed = trusted ? wall : expected;
        return believed;
    }

    /** Whether the clock has jumped ahead and is not believed yet. */
    boolean isDoubting() {
        return doubting;
    }
}
