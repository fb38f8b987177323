package dev.affidavit.forward.database;

import dev.affidavit.spi.ForwardedLine;
import java.time.Duration;
import java.util.List;

/**
 * How much is sent at once: little over a new connection, more while answers come quickly. What is sent has to arrive, be stored and be
 * answered within one time limit; over a slow network a whole batch might never be. Used by one thread.
 */
final class Stride {
    /** Of lines; they travel as columns too. A network that needs half a minute for it is none. */
    private static final int FIRST_BYTES = 64 * 1024;
    /** Far beyond any batch; twice as much is an int still. */
    private static final int MOST_BYTES = 1 << 29;

    private final long quickNanos;
    private final long slowNanos;
    private int bytes = FIRST_BYTES;

    /** @param limit for one answer */
    Stride(Duration limit) {
        this.quickNanos = limit.toNanos() / 8;
        this.slowNanos = limit.toNanos() / 2;
    }

    /** The first of the lines, one at least. */
    List<ForwardedLine> of(List<ForwardedLine> lines) {
        int sum = lines.get(0).json().length;
        int count = 1;
        while (count < lines.size() && sum + lines.get(count).json().length <= bytes) {
            sum += lines.get(count).json().length;
            count++;
        }
        return lines.subList(0, count);
    }

    /** To be called with the time that the last ones took. */
    void took(long nanos) {
        if (nanos > slowNanos) {
            bytes = Math.max(FIRST_BYTES, bytes / 2);
        } else if (nanos < quickNanos) {
            bytes = Math.min(MOST_BYTES, bytes * 2);
        }
    }
}
