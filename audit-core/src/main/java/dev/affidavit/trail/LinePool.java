package dev.affidavit.trail;

import dev.affidavit.json.EventLine;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Lines to be used again. Not a ThreadLocal: an event's own objects may log while it is written, and virtual threads come
 * and go. Each thread has a place of its own, which it shares with others if there are many. Thread-safe.
 */
final class LinePool {
    /** More threads than this do not write at once on any machine of today; together they hold 4 MiB at most. */
    private static final int PLACES = 64;
    /** A line that grew beyond this was an exception; keeping it would hold its memory for ever. */
    private static final int MAX_KEPT_BYTES = 64 * 1024;

    private final AtomicReferenceArray<@Nullable EventLine> places = new AtomicReferenceArray<>(PLACES);

    EventLine take() {
        EventLine line = places.getAndSet(place(), null);
        return line == null ? new EventLine() : line;
    }

    /** If the place is taken, the line that was there goes. */
    void give(EventLine line) {
        if (line.bytes().length <= MAX_KEPT_BYTES) {
            places.set(place(), line);
        }
    }

    private static int place() {
        return (int) (Thread.currentThread().getId() % PLACES);
    }
}
