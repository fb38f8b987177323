package dev.affidavit.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file of bytes that are really allocated, kept so that a log can say on a full disk that the disk is full. What the log
 * reports of itself draws on it, portion by portion. Thread-safe.
 */
final class DiskReserve {
    /** What file systems allocate at once: what a report leaves of it is anybody's, and little. */
    static final int PORTION_BYTES = 4 * 1024;
    /** How much is added in one write. */
    private static final int GROWTH_BYTES = 64 * 1024;

    private final Disk disk;
    private final Path file;

    /** Held for one write or cut, never while the device is waited for: who reports has the writer's turn. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private long held;

    private DiskReserve(Disk disk, Path file, long held) {
        this.disk = disk;
        this.file = file;
        this.held = held;
    }

    /** What an earlier writer of this log left. */
    static DiskReserve in(LogDirectory directory, Disk disk) {
        Path file = directory.reserve();
        long found = 0;
        try {
            found = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        } catch (IOException e) {
            // Then there is none to let go of, and making one tells what is wrong.
        }
        return new DiskReserve(disk, file, found);
    }

    long held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of a portion. False if there is none, or it cannot be let go of. */
    boolean giveWay() {
        lock.lock();
        try {
            if (held == 0) {
                return false;
            }
            cutTo(Math.max(0, held - PORTION_BYTES));
            return true;
        } catch (IOException e) { // gone perhaps: it is made anew when there is room
            held = 0;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the reserve this large; it is on the device then. To be called by one thread. */
    void hold(long size) throws IOException {
        if (size == held()) {
            return;
        }
        if (size == 0) {
            remove();
            return;
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            disk.create(file, PrivateFiles.OWNER_ONLY).close();
        }
        while (growTowards(size)) {}
        try (SegmentFile open = disk.open(file)) {
            open.force();
        }
    }

    private void remove() throws IOException {
        lock.lock();
        try {
            held = 0;
            disk.delete(file);
        } catch (NoSuchFileException e) {
            // Somebody else was quicker.
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is more to do. */
    private boolean growTowards(long size) throws IOException {
        lock.lock();
        try (SegmentFile open = disk.open(file)) {
            long length = open.length(); // what is there, not what should be: somebody may have cut it
            if (length >= size) {
                cutTo(size);
                return false;
            }
            byte[] growth = new byte[(int) Math.min(GROWTH_BYTES, size - length)];
            new SplittableRandom().nextBytes(growth); // a file system that compresses would not keep room for zeros
            try {
                open.write(growth, growth.length);
            } catch (IOException e) {
                cutBack(open, length, e);
                throw e;
            }
            held = length + growth.length;
            return held < size;
        } finally {
            lock.unlock();
        }
    }

    /** Or more is allocated than is known, and giving way lets go of more than a portion. */
    @GuardedBy("lock")
    private void cutBack(SegmentFile open, long length, IOException failure) {
        try {
            open.truncate(length);
            held = length;
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @GuardedBy("lock")
    private void cutTo(long size) throws IOException {
        try (SegmentFile open = disk.open(file)) {
            open.truncate(size);
        }
        held = size;
    }
}
