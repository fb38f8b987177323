package dev.affidavit.testkit.splunk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Requests that are not indexed yet, by channel. Each is counted from 0 in its channel; that it is indexed is said once and then
 * forgotten. Guarded by its owner.
 */
final class AckBook {
    private final Map<String, Channel> channels = new HashMap<>();

    /** @param questions so many questions are answered with false before the events are indexed */
    long add(String channel, List<HecEvent> events, int questions) {
        Channel book = channels.computeIfAbsent(channel, name -> new Channel());
        book.pending.put(book.next, new Pending(events, questions));
        return book.next++;
    }

    /** @param index gets the events that are indexed now */
    boolean ask(String channel, long id, Consumer<List<HecEvent>> index) {
        Channel book = channels.get(channel);
        if (book == null || !book.pending.containsKey(id)) {
            return false;
        }
        Pending pending = Objects.requireNonNull(book.pending.get(id));
        if (pending.questions > 0) {
            book.pending.put(id, new Pending(pending.events, pending.questions - 1));
            return false;
        }
        book.pending.remove(id);
        index.accept(pending.events);
        return true;
    }

    void forget() {
        channels.clear();
    }

    private static final class Channel {
        private final Map<Long, Pending> pending = new TreeMap<>();
        private long next;
    }

    private record Pending(List<HecEvent> events, int questions) {}
}
