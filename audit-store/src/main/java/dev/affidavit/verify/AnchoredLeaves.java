package dev.affidavit.verify;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which of the events from outside are in the log, and which of its lines are not among them. Thread-safe. */
final class AnchoredLeaves {
    /** Of lines that stand where an event was seen otherwise: more than are told. */
    private static final int MAX_REPLACED = 10_000;

    private final AnchoredEvents events;
    private final @Nullable LineOpener opener;
    /** Each is written by whoever comes by, and read when all have ended. */
    private final boolean[] found;

    private final LineSet stored = new LineSet();
    /** The line that has the id of an event, and is another. */
    private final Map<Integer, Long> replaced = new ConcurrentHashMap<>();

    private AnchoredLeaves(AnchoredEvents events, @Nullable LineOpener opener) {
        this.events = events;
        this.opener = opener;
        this.found = new boolean[events.size()];
    }

    /** @param opener null if lines are what they are */
    static AnchoredLeaves of(AnchoredEvents events, @Nullable LineOpener opener) {
        return new AnchoredLeaves(events, opener);
    }

    /** Opens the lines of the log; null if they are what they are. */
    @Nullable
    LineOpener opener() {
        return opener;
    }

    boolean isEmpty() {
        return found.length == 0;
    }

    /**
     * A line of the log.
     *
     * @return whether it is one of the events
     */
    boolean seen(byte[] leaf, long index) {
        int event = events.find(leaf);
        if (event == AnchoredEvents.NONE) {
            return false;
        }
        found[event] = true;
        if (events.isStored(event)) {
            stored.add(index);
        }
        return true;
    }

    /** A line that is none of the events, and the id that it has. */
    void other(@Nullable String id, long index) {
        if (id != null && replaced.size() < MAX_REPLACED) {
            events.withId(id).forEach(event -> replaced.put(event, index));
        }
    }

    /** How many were found. */
    int found() {
        int count = 0;
        for (boolean one : found) {
            count += one ? 1 : 0;
        }
        return count;
    }

    boolean isFound(int event) {
        return found[event];
    }

    /** The line that has the id of an event which was not found; null if there is none, or it is not known. */
    @Nullable
    Long replacedBy(int event) {
        return replaced.get(event);
    }

    AnchoredEvents events() {
        return events;
    }

    /** The lines that are stored where all events are. */
    LineSet stored() {
        return stored;
    }
}
