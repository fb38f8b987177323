package dev.affidavit.verify;

import dev.affidavit.seal.TreeHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** The events that have to be in the log, looked for by the hash of each line. Thread-safe. */
final class AnchoredLeaves {
    private static final long NOT_FOUND = -1;
    private static final int FREE = -1;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final List<Anchors.AnchoredEvent> events;
    private final byte[][] hashes;
    /** Which event is in a slot: an open table, half full at most, since each line of the log is looked up. */
    private final int[] slots;

    private final AtomicLongArray found;

    private AnchoredLeaves(List<Anchors.AnchoredEvent> events, byte[][] hashes, int[] slots) {
        this.events = events;
        this.hashes = hashes;
        this.slots = slots;
        this.found = new AtomicLongArray(events.size());
        for (int i = 0; i < events.size(); i++) {
            found.set(i, NOT_FOUND);
        }
    }

    static AnchoredLeaves of(List<Anchors.AnchoredEvent> events) {
        Map<TreeHash, Anchors.AnchoredEvent> once = new LinkedHashMap<>();
        events.forEach(event -> once.merge(event.leaf(), event, (one, other) -> one.id() == null ? other : one));
        List<Anchors.AnchoredEvent> all = new ArrayList<>(once.values());
        int[] slots = new int[Math.max(1, 2 * Integer.highestOneBit(2 * all.size()))];
        Arrays.fill(slots, FREE);
        byte[][] hashes = new byte[all.size()][];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = all.get(i).leaf().bytes();
            int slot = slot(hashes[i], slots.length);
            while (slots[slot] != FREE) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = i;
        }
        return new AnchoredLeaves(all, hashes, slots);
    }

    private static int slot(byte[] hash, int slots) {
        return (int) (long) LONGS.get(hash, 0) & slots - 1;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** A line of the log. */
    void seen(byte[] leaf, long index) {
        int slot = slot(leaf, slots.length);
        while (slots[slot] != FREE) {
            if (Arrays.equals(hashes[slots[slot]], leaf)) {
                found.set(slots[slot], index);
                return;
            }
            slot = slot + 1 & slots.length - 1;
        }
    }

    /** How many were found. */
    int found() {
        return events.size() - missing().size();
    }

    List<Anchors.AnchoredEvent> missing() {
        List<Anchors.AnchoredEvent> missing = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (found.get(i) == NOT_FOUND) {
                missing.add(events.get(i));
            }
        }
        return missing;
    }
}
