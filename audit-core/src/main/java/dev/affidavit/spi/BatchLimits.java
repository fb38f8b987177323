package dev.affidavit.spi;

import java.time.Duration;

/**
 * How many lines a destination is given at once.
 *
 * @param lines at most; at least 1
 * @param bytes no further line is added once a batch holds so many; at least 1. A batch always holds one line, be it larger
 * @param delay how long a batch that is not full may wait for further lines; zero sends what is there
 */
public record BatchLimits(int lines, int bytes, Duration delay) {
    /** Enough that storing the cursor costs little per line, few enough that a failure repeats little. */
    public static final BatchLimits DEFAULT = new BatchLimits(1000, 1024 * 1024, Duration.ZERO);

    public BatchLimits {
        if (lines < 1 || bytes < 1 || delay.isNegative()) {
            throw new IllegalArgumentException(
                    "expected lines and bytes of at least 1 and a delay of zero or more, found"
                            + " %d, %d, %s".formatted(lines, bytes, delay));
        }
    }
}
