package dev.affidavit.examples.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests an address may send in a minute. Thread-safe. */
final class RateLimit {
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Map<String, Window> windows = new ConcurrentHashMap<>();
    private final InstantSource time;
    private volatile int requests;

    RateLimit(int requests, InstantSource time) {
        this.requests = requests;
        this.time = time;
    }

    /** What becomes of a request. One refusal in each window is the first: that one is worth an event, not each. */
    enum Verdict {
        ADMITTED,
        FIRST_REFUSED,
        REFUSED
    }

    int requests() {
        return requests;
    }

    void set(int next) {
        requests = next;
    }

    Verdict count(String address) {
        Window window = windows.compute(
                address,
                (key, before) -> before == null || isOver(before)
                        ? new Window(time.instant(), 1, requests)
                        : new Window(before.start(), before.count() + 1, before.allowed()));
        if (window.count() <= window.allowed()) {
            return Verdict.ADMITTED;
        }
        return window.count() == window.allowed() + 1 ? Verdict.FIRST_REFUSED : Verdict.REFUSED;
    }

    void forgetOld() {
        windows.values().removeIf(this::isOver);
    }

    private boolean isOver(Window window) {
        return !time.instant().isBefore(window.start().plus(WINDOW));
    }

    private record Window(Instant start, int count, int allowed) {}
}
