package dev.affidavit.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries lines from those who store them to the one who hashes them, in the order of the log: in memory, since whoever read
 * them back would hash whatever is in the file by then. Bounded: who finds it full hashes some lines itself, and never waits
 * for the device. Thread-safe, but for what needs the writer's turn.
 */
final class LineRing {
    /** More than 10,000 lines of the usual length: what comes in while a force takes 10 ms. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Enough for a log that is not under load. A power of two, as all sizes up to the largest are. */
    private static final int FIRST_BYTES = 64 * 1024;

    /** How much is hashed at a time: for a tenth of a millisecond, which another may have to wait. */
    private static final int CHUNK_BYTES = 128 * 1024;

    private static final int HEADER_BYTES = 4;
    /** Headers that are no lengths. */
    private static final int TO_THE_BEGINNING = -1;

    private static final int NOTICE = -2;

    private static final AtomicIntegerFieldUpdater<LineRing> HASHING =
            AtomicIntegerFieldUpdater.newUpdater(LineRing.class, "hashing");

    /** A chunk takes longer. */
    private static final long WAIT_NANOS = 20_000;

    private final StoredLines to;
    /** Changed, when it is empty, by who has the writer's turn and hashes; read by who does either. */
    private ByteBuffer ring = ByteBuffer.allocate(FIRST_BYTES);

    /** 1 while somebody hashes. No Lock, for the reason that stands in {@link Turns}. */
    private volatile int hashing;

    /** Where the next entry goes, counted from the beginning of time. Changed by who has the writer's turn. */
    private volatile long added;
    /** Where the next entry to be hashed is. Changed by who hashes. */
    private volatile long taken;

    // Of who has the writer's turn.
    /** Where the entry ends that is prepared. */
    private long prepared;

    private @Nullable Notice preparedNotice;
    private Notice lastNotice = new Notice(told -> {});
    /** Whether the entry that is prepared, or one before, is of a line that found no place in the ring. */
    private boolean holdsLargeLine;

    /** The last one that was told. Of who hashes. */
    private Notice toldNotice = lastNotice;

    LineRing(StoredLines to) {
        this.to = to;
    }

    /**
     * Prepares a line of {@code length} bytes that is about to be stored: it counts when {@link #publish} says that it is.
     * All that can go wrong goes wrong here. Needs the writer's turn; and memory only for a line of megabytes.
     */
    void prepare(byte[] bytes, int length) {
        if (size(length) > MAX_BYTES / 2) {
            prepareLarge(Arrays.copyOf(bytes, length));
            return;
        }
        makeRoom(size(length));
        int at = entry(length, length);
        System.arraycopy(bytes, 0, ring.array(), at, length);
        preparedNotice = null;
    }

    /** A guest for whom the ring has no place: one at a time. */
    private void prepareLarge(byte[] line) {
        if (holdsLargeLine) {
            hashAll();
        }
        holdsLargeLine = true;
        prepare(lines -> lines.lineStored(line, 0, line.length));
    }

    /** Prepares what is to be told behind the lines added so far. Needs the writer's turn. */
    void prepare(Consumer<StoredLines> notice) {
        makeRoom(size(0));
        entry(NOTICE, 0);
        preparedNotice = new Notice(notice);
    }

    /** Adds what was prepared last. Needs the writer's turn; cannot fail. */
    void publish() {
        Notice notice = preparedNotice;
        if (notice != null) {
            lastNotice.next = notice;
            lastNotice = notice;
        }
        added = prepared;
    }

    /** Adds what is to be told behind the lines added so far. Needs the writer's turn. */
    void add(Consumer<StoredLines> notice) {
        prepare(notice);
        publish();
    }

    /** For any entry that is not larger than half of the largest ring. */
    private void makeRoom(int size) {
        boolean grows = true;
        while (grows && ring.capacity() < MAX_BYTES && (size > ring.capacity() / 2 || !hasRoom(size))) {
            grows = grow();
        }
        if (size > ring.capacity() / 2) {
            throw new OutOfMemoryError("for a line of " + size + " bytes on its way to be hashed");
        }
        while (!hasRoom(size)) {
            hashSome();
        }
    }

    /** Writes the header. Tells where the bytes of the entry begin. */
    private int entry(int header, int length) {
        int size = size(length);
        long from = added;
        int behind = ring.capacity() - offset(from);
        if (size > behind) {
            ring.putInt(offset(from), TO_THE_BEGINNING);
            from += behind;
        }
        ring.putInt(offset(from), header);
        prepared = from + size;
        return offset(from) + HEADER_BYTES;
    }

    /** With what may have to be left out at the end. */
    private boolean hasRoom(int size) {
        int behind = ring.capacity() - offset(added);
        int needed = size > behind ? behind + size : size;
        return added + needed - taken <= ring.capacity();
    }

    /** Whether there was the memory for it. */
    private boolean grow() {
        hashAll();
        takeHashing();
        try {
            ring = ByteBuffer.allocate(2 * ring.capacity()); // it is empty, so any place in it is the next
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        } finally {
            hashing = 0;
        }
    }

    private void hashAll() {
        boolean more = true;
        while (more) {
            more = hashSome();
        }
        holdsLargeLine = false;
    }

    private void takeHashing() {
        while (hashing != 0 || !HASHING.compareAndSet(this, 0, 1)) {
            LockSupport.parkNanos(this, WAIT_NANOS);
        }
    }

    /**
     * Hashes a chunk of lines, one at least. Tells whether there are more. What an Error keeps from being hashed is hashed
     * next time.
     */
    boolean hashSome() {
        takeHashing();
        try {
            long at = taken;
            long end = added;
            long stop = Math.min(end, at + CHUNK_BYTES);
            while (at < stop) {
                at += hashNext(offset(at));
                taken = at;
            }
            return at < end;
        } finally {
            hashing = 0;
        }
    }

    /** Tells how many bytes of the ring that was. */
    private int hashNext(int at) {
        int header = ring.getInt(at);
        switch (header) {
            case TO_THE_BEGINNING -> {
                return ring.capacity() - at;
            }
            case NOTICE -> {
                Notice next = Objects.requireNonNull(toldNotice.next);
                next.tell(to);
                toldNotice = next;
                return size(0);
            }
            default -> {
                to.lineStored(ring.array(), at + HEADER_BYTES, header);
                return size(header);
            }
        }
    }

    private int offset(long position) {
        return (int) (position & (ring.capacity() - 1));
    }

    /** Rounded up, so that a header never reaches over the end. */
    private static int size(int length) {
        return (HEADER_BYTES + length + HEADER_BYTES - 1) & -HEADER_BYTES;
    }

    /** What is told between lines. */
    private static final class Notice {
        private Consumer<StoredLines> told;
        /** Published by the ring. */
        private @Nullable Notice next;

        Notice(Consumer<StoredLines> told) {
            this.told = told;
        }

        void tell(StoredLines to) {
            told.accept(to);
            told = nothing -> {}; // it may hold a line of megabytes
        }
    }
}
