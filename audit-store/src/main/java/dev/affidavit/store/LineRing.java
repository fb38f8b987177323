package dev.affidavit.store;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

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

    private final StoredLines to;
    /** Changed, when it is empty, by who has the writer's turn and the lock; read by who has either. */
    private ByteBuffer ring = ByteBuffer.allocate(FIRST_BYTES);

    private final ConcurrentLinkedQueue<Consumer<StoredLines>> notices = new ConcurrentLinkedQueue<>();
    private final ReentrantLock hashing = new ReentrantLock();

    /** Where the next entry goes, counted from the beginning of time. Changed by who has the writer's turn. */
    private final AtomicLong added = new AtomicLong();
    /** Where the next entry to be hashed is. Changed under the lock. */
    private final AtomicLong taken = new AtomicLong();

    LineRing(StoredLines to) {
        this.to = to;
    }

    /** Adds a line of {@code length} bytes. Needs the writer's turn; needs no memory. */
    void add(byte[] bytes, int length) {
        makeRoom(size(length));
        if (size(length) > ring.capacity() / 2) {
            hashNow(bytes, length);
            return;
        }
        int at = entry(length, length);
        System.arraycopy(bytes, 0, ring.array(), at, length);
        added.setRelease(added.getPlain() + size(length));
    }

    /** Adds what is to be told behind the lines added so far. Needs the writer's turn. */
    void add(Consumer<StoredLines> notice) {
        notices.add(notice);
        makeRoom(size(0));
        entry(NOTICE, 0);
        added.setRelease(added.getPlain() + size(0));
    }

    /** For any entry that is not larger than half of the ring. */
    private void makeRoom(int size) {
        boolean grows = true;
        while (grows && ring.capacity() < MAX_BYTES && (size > ring.capacity() / 2 || !hasRoom(size))) {
            grows = grow();
        }
        while (size <= ring.capacity() / 2 && !hasRoom(size)) {
            hashSome();
        }
    }

    /** Writes the header. Tells where the bytes of the entry begin. */
    private int entry(int header, int length) {
        int size = size(length);
        int at = offset(added.getPlain());
        int behind = ring.capacity() - at;
        if (size > behind) {
            ring.putInt(at, TO_THE_BEGINNING);
            added.setRelease(added.getPlain() + behind);
            at = 0;
        }
        ring.putInt(at, header);
        return at + HEADER_BYTES;
    }

    /** With what may have to be left out at the end. */
    private boolean hasRoom(int size) {
        int behind = ring.capacity() - offset(added.getPlain());
        int needed = size > behind ? behind + size : size;
        return added.getPlain() + needed - taken.getAcquire() <= ring.capacity();
    }

    /** Whether there was the memory for it. */
    private boolean grow() {
        hashing.lock();
        try {
            hashAll();
            ring = ByteBuffer.allocate(2 * ring.capacity());
            added.setPlain(0);
            taken.setPlain(0);
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        } finally {
            hashing.unlock();
        }
    }

    private void hashAll() {
        boolean more = true;
        while (more) {
            more = hashSome();
        }
    }

    /** A line that is no guest for a ring. */
    private void hashNow(byte[] bytes, int length) {
        hashing.lock();
        try {
            hashAll(); // those before it
            to.lineStored(bytes, 0, length);
        } finally {
            hashing.unlock();
        }
    }

    /** Hashes a chunk of lines, one at least. Tells whether there are more. */
    boolean hashSome() {
        hashing.lock();
        try {
            long at = taken.getPlain();
            long end = added.getAcquire();
            long stop = Math.min(end, at + CHUNK_BYTES);
            while (at < stop) {
                at += hashNext(offset(at));
                taken.setRelease(at);
            }
            return at < end;
        } finally {
            hashing.unlock();
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
                Consumer<StoredLines> notice = notices.poll();
                if (notice != null) { // always: it was added before its entry
                    notice.accept(to);
                }
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
}
