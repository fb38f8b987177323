package dev.affidavit.verify;

import dev.affidavit.seal.TreeHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Events that were seen outside of a log, each line once: their leaf hashes, and the ids under which they were seen. In some 70 bytes
 * for each, since there can be as many as the log has lines. Events are numbered from 0. Thread-safe once nothing is added any more.
 */
final class AnchoredEvents {
    /** There is no such event. */
    static final int NONE = -1;

    private static final int HASH_BYTES = 32;
    private static final int FEWEST_SLOTS = 16;
    /** Growing copies no more than a list of chunks. */
    private static final int CHUNK = 1 << 14;
    /** Ids of ours, which are kept as two numbers; any others as they are. */
    private static final Pattern ID = Pattern.compile("evt_(0|[1-9]\\d{0,17}|[1-8]\\d{18})_(0|[1-9]\\d{0,17})");

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** That of Fibonacci hashing: ids follow each other. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final List<byte[]> hashes = new ArrayList<>();
    private final List<long[]> ids = new ArrayList<>();
    private final Map<Integer, String> otherIds = new HashMap<>();
    private final BitSet noId = new BitSet();
    private final BitSet stored = new BitSet();
    private int size;

    /** Which event is in a slot: open tables, half full at most, since each line of a log is looked up. */
    private int[] byHash = slots(FEWEST_SLOTS);

    private int[] byId = slots(FEWEST_SLOTS);

    AnchoredEvents() {}

    /** The same events, to which others can be added. */
    AnchoredEvents copy() {
        AnchoredEvents copy = new AnchoredEvents();
        hashes.forEach(chunk -> copy.hashes.add(chunk.clone()));
        ids.forEach(chunk -> copy.ids.add(chunk.clone()));
        copy.otherIds.putAll(otherIds);
        copy.noId.or(noId);
        copy.stored.or(stored);
        copy.size = size;
        copy.byHash = byHash.clone();
        copy.byId = byId.clone();
        return copy;
    }

    private static int[] slots(int count) {
        int[] slots = new int[count];
        Arrays.fill(slots, NONE);
        return slots;
    }

    /**
     * Adds one, if it is not there yet.
     *
     * @param id under which it was seen; null if that is not known
     * @param isStored whether it is from where all events are
     */
    void add(TreeHash leaf, @Nullable String id, boolean isStored) {
        byte[] hash = leaf.bytes();
        int event = find(hash);
        if (event == NONE) {
            event = append(hash);
            noId.set(event);
        }
        if (id != null && noId.get(event)) {
            setId(event, id);
        }
        if (isStored) {
            stored.set(event);
        }
    }

    private int append(byte[] hash) {
        if (size % CHUNK == 0) {
            hashes.add(new byte[CHUNK * HASH_BYTES]);
            ids.add(new long[CHUNK * 2]);
        }
        if (2 * (size + 1) > byHash.length) {
            grow();
        }
        int event = size++;
        System.arraycopy(hash, 0, hashes.get(event / CHUNK), event % CHUNK * HASH_BYTES, HASH_BYTES);
        put(byHash, slotOfHash(hash, 0, byHash.length), event);
        return event;
    }

    private void setId(int event, String id) {
        noId.clear(event);
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            otherIds.put(event, id);
            return;
        }
        long[] chunk = ids.get(event / CHUNK);
        int at = event % CHUNK * 2;
        chunk[at] = Long.parseLong(parts.group(1));
        chunk[at + 1] = Long.parseLong(parts.group(2));
        put(byId, slotOfId(chunk[at], chunk[at + 1], byId.length), event);
    }

    private void grow() {
        int count = Math.multiplyExact(byHash.length, 2);
        byHash = slots(count);
        byId = slots(count);
        for (int event = 0; event < size; event++) {
            put(byHash, slotOfHash(hashes.get(event / CHUNK), event % CHUNK * HASH_BYTES, count), event);
            if (!noId.get(event) && !otherIds.containsKey(event)) {
                long[] chunk = ids.get(event / CHUNK);
                put(byId, slotOfId(chunk[event % CHUNK * 2], chunk[event % CHUNK * 2 + 1], count), event);
            }
        }
    }

    private static void put(int[] slots, int slot, int event) {
        int at = slot;
        while (slots[at] != NONE) {
            at = at + 1 & slots.length - 1;
        }
        slots[at] = event;
    }

    private static int slotOfHash(byte[] hash, int from, int slots) {
        return (int) (long) LONGS.get(hash, from) & slots - 1;
    }

    private static int slotOfId(long time, long start, int slots) {
        return (int) (((time * SPREAD + start) * SPREAD) >>> Integer.SIZE) & slots - 1;
    }

    int size() {
        return size;
    }

    /** The event with this leaf hash; {@link #NONE} if there is none. */
    int find(byte[] hash) {
        int slot = slotOfHash(hash, 0, byHash.length);
        while (byHash[slot] != NONE) {
            int event = byHash[slot];
            int from = event % CHUNK * HASH_BYTES;
            if (Arrays.equals(hashes.get(event / CHUNK), from, from + HASH_BYTES, hash, 0, HASH_BYTES)) {
                return event;
            }
            slot = slot + 1 & byHash.length - 1;
        }
        return NONE;
    }

    /** Those that were seen under this id, if it is one of ours. */
    List<Integer> withId(String id) {
        List<Integer> found = new ArrayList<>();
        Matcher parts = ID.matcher(id);
        if (parts.matches()) {
            long time = Long.parseLong(parts.group(1));
            long start = Long.parseLong(parts.group(2));
            int slot = slotOfId(time, start, byId.length);
            while (byId[slot] != NONE) {
                long[] chunk = ids.get(byId[slot] / CHUNK);
                int at = byId[slot] % CHUNK * 2;
                if (chunk[at] == time && chunk[at + 1] == start) {
                    found.add(byId[slot]);
                }
                slot = slot + 1 & byId.length - 1;
            }
        }
        return found;
    }

    /** Under which an event was seen; null if that is not known. */
    @Nullable
    String id(int event) {
        if (noId.get(event)) {
            return null;
        }
        String other = otherIds.get(event);
        long[] chunk = ids.get(event / CHUNK);
        int at = event % CHUNK * 2;
        return other != null ? other : "evt_" + chunk[at] + "_" + chunk[at + 1];
    }

    TreeHash leaf(int event) {
        int from = event % CHUNK * HASH_BYTES;
        return TreeHash.of(Arrays.copyOfRange(hashes.get(event / CHUNK), from, from + HASH_BYTES));
    }

    /** Whether it is from where all events are. */
    boolean isStored(int event) {
        return stored.get(event);
    }

    /** Whether any is. */
    boolean hasStored() {
        return !stored.isEmpty();
    }
}
