package dev.affidavit.store;

import java.time.Duration;

/**
 * How a log is sealed. Immutable.
 *
 * @param origin what the name of the log begins with, before a slash and its log id: a host name and a path, by convention,
 *     without a scheme; 1 to 120 ASCII characters, no spaces, no plus. It stays what it was when the log was begun
 * @param interval the least time between two checkpoints, but for those at rotation and close; at least 1 ms
 * @param anchorInterval how often the listener is given a checkpoint to be sent off the host, beside those at rotation; at
 *     least 1 s
 */
public record SealOptions(String origin, Duration interval, Duration anchorInterval) {
    /** So that a key with its name fits into a sector. */
    private static final int MAX_ORIGIN = 120;

    public SealOptions {
        LogOptions.require(
                isOrigin(origin),
                "origin",
                "1 to " + MAX_ORIGIN + " ASCII characters without spaces and plus",
                "'" + origin + "'");
        LogOptions.require(interval.toMillis() > 0, "interval", "at least 1 ms", interval);
        LogOptions.require(anchorInterval.toSeconds() > 0, "anchorInterval", "at least 1 s", anchorInterval);
    }

    /** Whether a log can be named so. */
    public static boolean isOrigin(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_ORIGIN
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '+');
    }

    /** The defaults, 1 s and 10 min, for this origin. */
    public static SealOptions of(String origin) {
        return new SealOptions(origin, Duration.ofSeconds(1), Duration.ofMinutes(10));
    }
}
