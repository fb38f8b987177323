package dev.affidavit.trail;

import dev.affidavit.json.EventLine;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Lines to be used again. Not a ThreadLocal: an event's own objects may log while it is written, and virtual threads come
 * and go. Thread-safe.
 */
final class LinePool {
    /** A line that grew beyond this was an exception; keeping it would hold its memory for ever. */
    private static final int MAX_KEPT_BYTES = 64 * 1024;

    private final ConcurrentLinkedQueue<EventLine> free = new ConcurrentLinkedQueue<>();

    EventLine take() {
        EventLine line = free.poll();
        return line == null ? new EventLine() : line;
    }

    void give(EventLine line) {
        if (line.bytes().length <= MAX_KEPT_BYTES) {
            free.add(line);
        }
    }
}
