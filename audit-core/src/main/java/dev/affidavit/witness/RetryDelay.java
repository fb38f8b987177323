package dev.affidavit.witness;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a witness is left alone after it failed: twice as long each time, up to a limit, and up to a half longer by chance, so
 * that its logs do not come all at once. Not thread-safe.
 */
final class RetryDelay {
    private final Duration first;
    private final Duration last;
    private final RandomGenerator random;
    private Duration next;

    RetryDelay(Duration first, Duration last, RandomGenerator random) {
        this.first = first;
        this.last = last;
        this.random = random;
        this.next = first;
    }

    /** After one more failure. */
    Duration next() {
        Duration now = next;
        Duration twice = now.multipliedBy(2);
        next = twice.compareTo(last) < 0 ? twice : last;
        return now.plusNanos(random.nextLong(now.toNanos() / 2 + 1));
    }

    void reset() {
        next = first;
    }
}
