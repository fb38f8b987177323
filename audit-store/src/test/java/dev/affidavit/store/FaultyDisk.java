package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The real disk until it is told otherwise: each operation can be made to fail, writes can find the disk full, and forces
 * can be held up. Counts and records what it was asked. Thread-safe.
 */
final class FaultyDisk extends PassingDisk {
    enum Operation {
        CREATE,
        OPEN,
        READ,
        WRITE,
        TRUNCATE,
        FORCE,
        DELETE,
        RENAME,
        REPLACE,
        OVERWRITE,
        FORCE_DIRECTORY
    }

    private static final long UNLIMITED = Long.MAX_VALUE / 2;

    // All guarded by this.
    private final Map<Operation, Fault> faults = new EnumMap<>(Operation.class);
    private final Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
    private final List<String> journal = new ArrayList<>();
    private long freeBytes = UNLIMITED;
    private @Nullable Error thrownWhenFull;
    private @Nullable Throwable thrownByCreates;
    private int createsThatThrow;
    private @Nullable Error thrownByForce;
    private @Nullable Error thrownByTruncate;
    private boolean readsLie;
    private int openFiles;
    private boolean forcesHeld;
    private @Nullable String heldForcesFail;
    private int forcesWaiting;

    FaultyDisk() {
        super(SlowDisk.real());
    }

    /** Makes the operation fail every time. */
    void fail(Operation operation, String reason) {
        failFrom(operation, 1, reason);
    }

    /** Makes the operation fail the next time only. */
    void failNext(Operation operation, String reason) {
        failOnly(operation, 1, reason);
    }

    /** Makes the operation fail the {@code nth} time from now, and from then on. */
    synchronized void failFrom(Operation operation, int nth, String reason) {
        faults.put(operation, new Fault(reason, count(operation) + nth, Integer.MAX_VALUE));
    }

    /** Makes the operation fail the {@code nth} time from now, then work again. */
    synchronized void failOnly(Operation operation, int nth, String reason) {
        faults.put(operation, new Fault(reason, count(operation) + nth, count(operation) + nth));
    }

    /** Leaves room for so many bytes: a write that needs more takes these and fails. */
    synchronized void leaveFree(long bytes) {
        freeBytes = bytes;
    }

    /** The same, but the write throws an Error of the JVM. */
    synchronized void leaveFree(long bytes, Error thrown) {
        freeBytes = bytes;
        thrownWhenFull = thrown;
    }

    /** Makes the next so many creations throw when the file is made already, and leave it. */
    synchronized void failAfterCreating(int times, Throwable thrown) {
        thrownByCreates = thrown;
        createsThatThrow = times;
    }

    /** Makes the next force throw before anything is forced. */
    synchronized void failNextForce(Error thrown) {
        thrownByForce = thrown;
    }

    /** Makes the next cut throw before anything is cut. */
    synchronized void failNextTruncate(Error thrown) {
        thrownByTruncate = thrown;
    }

    /** Gives back other bytes than those in the file. */
    synchronized void lieInReads() {
        readsLie = true;
    }

    /** Takes back every fault. */
    synchronized void heal() {
        faults.clear();
        createsThatThrow = 0;
        readsLie = false;
        freeBytes = UNLIMITED;
        thrownWhenFull = null;
        releaseForces();
    }

    /** Holds up every force that begins from now on. */
    synchronized void holdForces() {
        forcesHeld = true;
        heldForcesFail = null;
    }

    synchronized void releaseForces() {
        forcesHeld = false;
        notifyAll();
    }

    /** Lets go of the forces that are held up: they fail. */
    synchronized void failHeldForces(String reason) {
        heldForcesFail = reason;
        releaseForces();
    }

    /** Returns when a force is being held up. */
    synchronized void awaitHeldForce() throws InterruptedException {
        while (forcesWaiting == 0) {
            wait();
        }
    }

    /** How often the operation was asked for, whether it failed or not. */
    synchronized int count(Operation operation) {
        return counts.getOrDefault(operation, 0);
    }

    /** How many files were made or opened and are not closed. */
    synchronized int openFiles() {
        return openFiles;
    }

    private synchronized void countOpen(int change) {
        openFiles += change;
    }

    /** What was done without failing, oldest first: the operation, a space, the file name. */
    synchronized List<String> journal() {
        return List.copyOf(journal);
    }

    private synchronized void begin(Operation operation) throws IOException {
        int number = counts.merge(operation, 1, Integer::sum);
        Fault fault = faults.get(operation);
        if (fault != null && number >= fault.first && number <= fault.last) {
            throw new IOException(fault.reason);
        }
    }

    private synchronized void done(Operation operation, Path file) {
        journal.add(operation + " " + file.getFileName());
    }

    private synchronized int takeFree(int length) {
        int taken = (int) Math.min(length, freeBytes);
        freeBytes -= taken;
        return taken;
    }

    private synchronized IOException full() {
        if (thrownWhenFull != null) {
            throw thrownWhenFull;
        }
        return new IOException("No space left on device");
    }

    private synchronized boolean readsLie() {
        return readsLie;
    }

    private synchronized void giveBack(long bytes) {
        freeBytes += bytes;
    }

    private synchronized void throwInForce() {
        Error thrown = thrownByForce;
        thrownByForce = null;
        if (thrown != null) {
            throw thrown;
        }
    }

    private synchronized void throwInTruncate() {
        Error thrown = thrownByTruncate;
        thrownByTruncate = null;
        if (thrown != null) {
            throw thrown;
        }
    }

    private synchronized void passHold() throws IOException {
        boolean isHeld = forcesHeld;
        forcesWaiting++;
        notifyAll();
        try {
            while (forcesHeld) {
                wait();
            }
            if (isHeld && heldForcesFail != null) {
                throw new IOException(heldForcesFail);
            }
        } catch (InterruptedException e) {
            throw new IOException("a force was interrupted", e);
        } finally {
            forcesWaiting--;
        }
    }

    private synchronized void failCreated(SegmentFile created) throws IOException {
        if (createsThatThrow == 0) {
            return;
        }
        createsThatThrow--;
        created.close();
        if (thrownByCreates instanceof Error error) {
            throw error;
        }
        throw new IOException(thrownByCreates);
    }

    @Override
    public SegmentFile create(Path file, Set<PosixFilePermission> mode) throws IOException {
        begin(Operation.CREATE);
        SegmentFile created = super.create(file, mode);
        failCreated(created);
        done(Operation.CREATE, file);
        return new FaultySegmentFile(file, created);
    }

    @Override
    public SegmentFile open(Path file) throws IOException {
        begin(Operation.OPEN);
        SegmentFile opened = super.open(file);
        done(Operation.OPEN, file);
        return new FaultySegmentFile(file, opened);
    }

    @Override
    public void delete(Path file) throws IOException {
        begin(Operation.DELETE);
        super.delete(file);
        done(Operation.DELETE, file);
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        begin(Operation.RENAME);
        super.rename(file, name);
        done(Operation.RENAME, name);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        begin(Operation.REPLACE);
        super.replace(file, content);
        done(Operation.REPLACE, file);
    }

    @Override
    public void overwrite(Path file, long at, byte[] bytes) throws IOException {
        begin(Operation.OVERWRITE);
        super.overwrite(file, at, bytes);
        done(Operation.OVERWRITE, file);
    }

    @Override
    public synchronized long usableBytes(Path directory) throws IOException {
        return freeBytes == UNLIMITED ? super.usableBytes(directory) : freeBytes;
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        begin(Operation.FORCE_DIRECTORY);
        super.forceDirectory(directory);
        done(Operation.FORCE_DIRECTORY, directory);
    }

    /** Fails from the {@code first} to the {@code last} time that its operation is asked for. */
    private record Fault(String reason, int first, int last) {}

    private final class FaultySegmentFile extends PassingFile {
        private final Path path;
        private boolean closed;

        FaultySegmentFile(Path path, SegmentFile file) {
            super(file);
            this.path = path;
            countOpen(1);
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            begin(Operation.WRITE);
            int taken = takeFree(length);
            super.write(bytes, taken);
            if (taken < length) {
                throw full();
            }
            done(Operation.WRITE, path);
        }

        @Override
        public void truncate(long length) throws IOException {
            begin(Operation.TRUNCATE);
            throwInTruncate();
            giveBack(length() - length);
            super.truncate(length);
            done(Operation.TRUNCATE, path);
        }

        @Override
        public void force() throws IOException {
            begin(Operation.FORCE);
            throwInForce();
            passHold();
            super.force();
            done(Operation.FORCE, path);
        }

        @Override
        public void read(long position, byte[] into) throws IOException {
            begin(Operation.READ);
            super.read(position, into);
            if (readsLie()) {
                into[into.length / 2] ^= 1;
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                countOpen(-1);
            }
            super.close();
        }
    }
}
