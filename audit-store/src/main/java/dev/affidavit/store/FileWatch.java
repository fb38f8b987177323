package dev.affidavit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * Notices what another program does to the file that lines go to, and to the lock. It looks a few times a minute, at names,
 * at the length and at the last bytes that were there at the look before: so it finds a log rotation by others, an editor and
 * a disk that is put back, and is no proof against a forger. Used by one thread.
 */
final class FileWatch {
    /** Enough that a hole, or another file's bytes, cannot look the same; little to read while callers wait. */
    private static final int MARK_BYTES = 4096;

    private final LogDirectory directory;
    private final Telling telling;
    private @Nullable FileIdentity lock;
    private boolean lockTold;
    private @Nullable Mark mark;
    private @Nullable Tampering untold;

    FileWatch(LogDirectory directory, Telling telling) {
        this.directory = directory;
        this.telling = telling;
    }

    /** Tells what there is to tell. */
    void look(ActiveLog log, RotatedSegments rotated) throws IOException {
        if (untold == null) {
            untold = atFiles(log, rotated);
        }
        if (untold == null && hasLeft(log.activeSegment())) {
            untold = atFiles(log, rotated); // another was begun in between, and this may be the last look
        }
        if (untold == null) {
            untold = atLock();
        }
        Tampering found = untold;
        if (found != null && telling.tell(listener -> listener.tampered(found))) {
            untold = null;
        }
    }

    private @Nullable Tampering atFiles(ActiveLog log, RotatedSegments rotated) throws IOException {
        Tampering found = atFileLeft(log.activeSegment(), rotated);
        return found == null ? log.look(this) : found;
    }

    /** Whether another file took lines at the look before than does now. */
    private boolean hasLeft(SegmentName active) {
        return mark != null && !mark.segment.equals(active);
    }

    /** At the file that took lines at the look before, if another one takes them now. */
    @Nullable
    Tampering atFileLeft(SegmentName active, RotatedSegments rotated) throws IOException {
        Mark left = mark;
        if (left == null || !hasLeft(active)) {
            return null;
        }
        mark = null;
        String fate = rotated.contains(left.segment) ? left.file.fate() : null;
        return fate == null ? null : new Tampering(left.segment.fileName(), fate);
    }

    /**
     * At the file that takes lines, unless the one that took them at the look before is still to be looked at. Nobody may write to it
     * meanwhile.
     *
     * @param end where its last line ends
     */
    @Nullable
    Tampering at(SegmentName active, long end) throws IOException {
        if (hasLeft(active)) {
            return null;
        }
        Mark before = mark;
        Path path = directory.segment(active);
        String problem;
        try {
            problem = problem(path, before, end);
            if (problem == null) {
                // Not read again without need: what is changed in between would pass for what was written.
                mark = before != null && before.end == end ? before : Mark.of(active, path, end);
                return null;
            }
        } catch (NoSuchFileException e) {
            problem = "%s was removed or renamed".formatted(path);
        }
        mark = null;
        return new Tampering(active.fileName(), problem);
    }

    private static @Nullable String problem(Path path, @Nullable Mark before, long end) throws IOException {
        String fate = fate(before);
        String problem = fate == null ? problemInside(path, before, end) : fate;
        // Once more: what another file holds, that came in between, says nothing of the one that was here.
        String fateSince = problem == null ? null : fate(before);
        return fateSince == null ? problem : fateSince;
    }

    private static @Nullable String fate(@Nullable Mark before) throws IOException {
        return before == null ? null : before.file.fate();
    }

    private static @Nullable String problemInside(Path path, @Nullable Mark before, long end) throws IOException {
        // Before the length is looked at: a file that is cut in between must not pass for one that was changed.
        boolean changed = before != null && !before.isIn(path);
        BasicFileAttributes attributes = FileIdentity.attributes(path);
        if (attributes.size() < end) {
            return "%s was cut: it has %d bytes, where %d were written".formatted(path, attributes.size(), end);
        }
        if (attributes.size() > end) {
            return "%s was added to: behind its last line, which ends at byte %d, stand %d bytes that the log did not write"
                    .formatted(path, end, attributes.size() - end);
        }
        return before != null && changed
                ? "%s was changed: bytes before %d are not those that were written".formatted(path, before.end)
                : null;
    }

    /** Without it another process could open the log too, and write to the same file. */
    private @Nullable Tampering atLock() throws IOException {
        if (lock == null) {
            lock = FileIdentity.of(directory.lock());
        }
        String fate = lockTold ? null : lock.fate();
        lockTold |= fate != null;
        return fate == null
                ? null
                : new Tampering(
                        directory.lock().getFileName().toString(),
                        fate + ". Another process could write to the log now: restart this one");
    }

    /**
     * A file, and the bytes before a place in it.
     *
     * @param end of these bytes
     */
    private record Mark(SegmentName segment, FileIdentity file, long end, long checksum) {

        static Mark of(SegmentName segment, Path path, long end) throws IOException {
            return new Mark(segment, FileIdentity.of(path), end, checksum(path, end));
        }

        boolean isIn(Path path) throws IOException {
            return checksum(path, end) == checksum;
        }

        private static long checksum(Path path, long end) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MARK_BYTES, end));
            // It may be the thread of a caller, and that may be interrupted.
            PrivateFiles.undisturbed(() -> {
                try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                    long from = end - bytes.capacity();
                    while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) > 0) {
                        // A read may give less than was asked for.
                    }
                }
            });
            Checksum sum = GrowingTail.checksum();
            sum.update(bytes.flip());
            return sum.getValue();
        }
    }
}
