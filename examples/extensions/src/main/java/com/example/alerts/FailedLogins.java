package com.example.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts failed logins of each user within a sliding window. Not thread-safe: a listener has one thread. */
final class FailedLogins {
    /** Who attacks chooses the names; they must not choose how much memory is used. */
    private static final int MAX_USERS = 10_000;

    private final int limit;
    private final Duration window;

    private final Map<String, Deque<Instant>> byUser = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > MAX_USERS;
        }
    };

    FailedLogins(int limit, Duration window) {
        this.limit = limit;
        this.window = window;
    }

    /** Counts one more. True if it is the last of {@code limit} within the window; the count of that user then begins anew. */
    boolean isTooMany(String user, Instant when) {
        Deque<Instant> failures = byUser.computeIfAbsent(user, name -> new ArrayDeque<>());
        failures.addLast(when);
        while (failures.size() > 1 && !failures.getFirst().isAfter(when.minus(window))) {
            failures.removeFirst();
        }
        if (failures.size() < limit) {
            return false;
        }
        byUser.remove(user);
        return true;
    }
}
