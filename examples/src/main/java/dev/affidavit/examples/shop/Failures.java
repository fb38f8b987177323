package dev.affidavit.examples.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the failed logins of each name or address, and bars for a while who reaches the limit. Thread-safe. */
final class Failures {
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final int limit;
    private final Duration memory;
    private final InstantSource time;

    /** @param memory how long a failure counts, and how long who reached the limit is barred */
    Failures(int limit, Duration memory, InstantSource time) {
        this.limit = limit;
        this.memory = memory;
        this.time = time;
    }

    /**
     * How somebody stands.
     *
     * @param failures in a row
     * @param last when the last of them was
     */
    record Standing(int failures, Instant last, boolean barred) {
        private static final Standing GOOD = new Standing(0, Instant.MIN, false);
    }

    Standing of(String who) {
        return standings.getOrDefault(who, Standing.GOOD);
    }

    /** Counts one more, and says how {@code who} stands now. */
    Standing add(String who) {
        return standings.compute(who, (key, before) -> {
            int failures = before == null ? 1 : before.failures() + 1;
            return new Standing(failures, time.instant(), failures >= limit);
        });
    }

    /** Forgets the failures. True if {@code who} was barred because of them. */
    boolean clear(String who) {
        Standing before = standings.remove(who);
        return before != null && before.barred();
    }

    /** Whose failures are so long ago that they are to be cleared. */
    List<String> outdated() {
        Instant oldest = time.instant().minus(memory);
        return standings.entrySet().stream()
                .filter(entry -> !entry.getValue().last().isAfter(oldest))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
