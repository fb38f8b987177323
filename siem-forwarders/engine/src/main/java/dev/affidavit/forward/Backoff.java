package dev.affidavit.forward;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a random part of a limit that doubles with each failure ("full jitter"), so
 * that the clients of a server that comes back do not all call at once. Not thread-safe.
 */
final class Backoff {
    /** The limit after the first failure: a restarted server is found again quickly. */
    static final Duration FIRST_LIMIT = Duration.ofMillis(200);
    /** The limit after many: an outage of days costs two attempts a minute, its end is seen within one. */
    static final Duration LAST_LIMIT = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private Duration limit = FIRST_LIMIT;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The wait after one more failure; at least 1 ms. */
    Duration next() {
        Duration wait = Duration.ofNanos(random.nextLong(Duration.ofMillis(1).toNanos(), limit.toNanos() + 1));
        Duration doubled = limit.multipliedBy(2);
        limit = doubled.compareTo(LAST_LIMIT) < 0 ? doubled : LAST_LIMIT;
        return wait;
    }

    /** To be called after a success. */
    void reset() {
        limit = FIRST_LIMIT;
    }
}
