package dev.affidavit.forward;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.store.CursorClaim;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.DamagedException;
import dev.affidavit.store.LogExtent;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.Position;
import dev.affidavit.store.Resumption;
import dev.affidavit.store.StoreException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The cursor of a forwarder, held against every other forwarder of its name. Where it is of no use, lines come again;
 * none is ever skipped. Used by one thread, but for {@link #unlessMoving}, {@link #abandon} and {@link
 * #place}.
 */
final class HeldCursor {
    private final Path directory;
    private final String name;
    private final String logId;
    private final FrameworkStatus status;

    /** Held while something changes that belongs to who holds the cursor: such as where it is. */
    private final ReentrantLock moving = new ReentrantLock();

    @GuardedBy("moving")
    private @Nullable CursorClaim claim;

    /** Written by another thread; nothing is moved after it. */
    private volatile boolean abandoned;

    private volatile @Nullable Position place;
    /** Said last about the cursor: a log that cannot be read is opened again and again. */
    private String warned = "";

    HeldCursor(Job job) {
        this.directory = job.directory();
        this.name = job.forwarder();
        this.logId = job.log().logId();
        this.status = job.status();
    }

    /**
     * Makes sure that the cursor is held.
     *
     * @throws CursorInUseException if another forwarder holds it
     * @throws LogReplacedException if it would be that of another log
     */
    void hold() throws CursorInUseException {
        moving.lock();
        try {
            requireKept();
            if (claim == null) {
                requireSameLog();
                claim = Cursors.of(directory)
                        .claim(name)
                        .orElseThrow(() -> new CursorInUseException(
                                "another forwarder named '%s' is at work on %s, in this process or in another; give each a name of its own"
                                        .formatted(name, directory)));
            }
        } finally {
            moving.unlock();
        }
    }

    /** Opens the log where the cursor is. */
    LogReader open() {
        Optional<Position> stored;
        try {
            stored = Cursors.of(directory).read(name);
        } catch (DamagedException e) {
            warn("%s The forwarder begins at the oldest event; events are sent again.".formatted(e.getMessage()));
            return fromOldest();
        }
        if (stored.isEmpty()) {
            if (place != null || !isFirst()) {
                warn("its cursor is gone. The forwarder begins at the oldest event; events are sent again.");
            }
            return fromOldest();
        }
        LogReader opened = LogReader.from(directory, stored.get());
        place = stored.get();
        warn(opened.resumption(), stored.get());
        return opened;
    }

    /** Stores the cursor before anything is delivered: whether a file that was pruned was missed shows from then on. */
    private LogReader fromOldest() {
        Optional<Position> begin = LogExtent.of(directory).begin();
        if (begin.isEmpty()) {
            return LogReader.fromOldest(directory);
        }
        whileHeld(() -> move(begin.get()));
        return LogReader.from(directory, begin.get());
    }

    /** Whether nobody held it before; then it is not missing but new. */
    private boolean isFirst() {
        moving.lock();
        try {
            return claim != null && claim.isFirst();
        } finally {
            moving.unlock();
        }
    }

    /**
     * Does what only the holder of the cursor may do, wholly or, once it is abandoned, not at all. An interrupt that came
     * before waits until it is done: it would close a file that is written or read meanwhile.
     *
     * @throws LogReplacedException if it would be done to another log
     */
    void whileHeld(Runnable action) {
        moving.lock();
        try {
            requireKept();
            requireSameLog();
            undisturbed(action);
        } finally {
            moving.unlock();
        }
    }

    private static void undisturbed(Runnable action) {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does something unless the cursor, or what belongs to it, is being moved just now. For another thread; returns at once. */
    void unlessMoving(Runnable action) {
        if (moving.tryLock()) {
            try {
                action.run();
            } finally {
                moving.unlock();
            }
        }
    }

    /** Puts the cursor there, durably. */
    void move(Position to) {
        Cursors.of(directory).write(name, to);
        place = to;
    }

    /** Where the cursor is; null if that was not read yet. */
    @Nullable
    Position place() {
        return place;
    }

    /**
     * Keeps the cursor where it is, whatever a call that still blocks will say, and lets another hold it: at once, or if
     * it is being moved just now, when this forwarder ends. For another thread.
     */
    void abandon() {
        abandoned = true;
        if (moving.tryLock()) {
            try {
                release();
            } finally {
                moving.unlock();
            }
        }
    }

    /** Lets another hold it. */
    void close() {
        moving.lock();
        try {
            release();
        } finally {
            moving.unlock();
        }
    }

    @GuardedBy("moving")
    private void release() {
        try {
            if (claim != null) {
                claim.close();
                claim = null;
            }
        } catch (StoreException e) {
            // The lock ends with the file's descriptor, which is closed.
        }
    }

    /**
     * Makes sure that the directory is still that of the log; if it is not, lets go of the cursor.
     *
     * @throws LogReplacedException if it is another log
     */
    void requireSameLog() {
        String found = LogExtent.of(directory).logId();
        if (!found.equals(logId)) {
            close();
            throw new LogReplacedException(
                    "%s was replaced: it holds log %s now, and this forwarder is for log %s. Start it anew"
                            .formatted(directory, found, logId));
        }
    }

    private void requireKept() {
        if (abandoned) {
            throw new StoreException("the forwarder was stopped; who took over has a cursor of the same name");
        }
    }

    private void warn(Resumption resumption, Position at) {
        switch (resumption) {
            case EXACT -> {}
            case SEGMENT_GONE ->
                warn(
                        "%s, where its cursor is, is gone: what it held and was not delivered cannot be sent. The forwarder"
                                        .formatted(at.segment())
                                + " goes on with the oldest file behind it, or with the oldest of all if there is none.");
            case SEGMENT_CHANGED ->
                warn(
                        "%s, where its cursor is, is not the file it was: there is no such line before byte %d. The forwarder begins at its head; events are sent again."
                                .formatted(at.segment(), at.offset()));
        }
    }

    private void warn(String problem) {
        if (!problem.equals(warned)) {
            warned = problem;
            status.warn("forwarder '%s': %s".formatted(name, problem));
        }
    }
}
