package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a log that is being written: the active one, where lines go, and the names of those before it.
 * Not thread-safe; the writer's lock guards it.
 */
final class Segments {
    private final LogDirectory directory;
    private final Environment environment;
    private final Deque<SegmentName> names;

    private SegmentFile active;
    /** Where the active segment's last finished line ends. */
    private long end;
    /** When its newest line was written, in milliseconds since the epoch; means nothing while it has none. */
    private long newest;
    /** Why bytes of an unfinished line stand behind {@link #end}; null while none do. */
    private @Nullable Throwable unfinishedLine;

    private long written;
    /** How many lines were written before each segment that was begun here. */
    private final NavigableMap<SegmentName, Long> writtenBefore = new TreeMap<>();

    private List<SegmentFile> rotatedOut = new ArrayList<>();
    private boolean namesChanged;
    private List<LogNotice> notices = new ArrayList<>();
    private long removed;

    private Segments(
            LogDirectory directory,
            Environment environment,
            Deque<SegmentName> names,
            SegmentFile active,
            long end,
            long newest) {
        this.directory = directory;
        this.environment = environment;
        this.names = names;
        this.active = active;
        this.end = end;
        this.newest = newest;
    }

    /**
     * Goes on in the last segment, which must end with a finished line, or begins the first.
     *
     * @param newest when the last line was written, in milliseconds since the epoch
     */
    static Segments open(LogDirectory directory, Environment environment, LogOptions options, long newest)
            throws IOException {
        Deque<SegmentName> names = new ArrayDeque<>(directory.segments());
        boolean isNew = names.isEmpty();
        if (isNew) {
            names.add(SegmentName.first(environment.clock().instant()));
        }
        SegmentName last = names.getLast();
        SegmentFile active = isNew
                ? environment.disk().create(directory.segment(last), options.permissions())
                : environment.disk().open(directory.segment(last));
        Segments segments = new Segments(directory, environment, names, active, active.length(), newest);
        segments.namesChanged = true; // a writer that was killed may have made the last name and never forced it
        environment.stored().segmentBegun(last);
        return segments;
    }

    /** Adds a line; begins a new segment first if it must. A line that cannot be written leaves no trace. */
    void append(byte[] bytes, int length, LogOptions options) throws IOException {
        long now = environment.clock().millis();
        if (end > 0
                && (end + length > options.maxSegmentBytes()
                        || Rotation.separates(newest, now, options.rotationInterval()))) {
            rotate(options);
        }
        try {
            active.write(bytes, length);
        } catch (Throwable e) { // an Error too: the next line would stand behind half of this one
            cutBack(e);
            throw e;
        }
        newest = end == 0 ? now : Math.max(newest, now);
        end += length;
        written++;
        environment.stored().lineStored(bytes, length - 1);
    }

    /** Removes what a failed write left behind the last finished line. */
    private void cutBack(Throwable cause) throws UnfinishedLineException {
        unfinishedLine = cause; // before anything that can run out of memory
        try {
            active.truncate(end);
            unfinishedLine = null;
        } catch (Throwable e) {
            if (e != cause) { // the JVM may throw one OutOfMemoryError twice
                cause.addSuppressed(e);
            }
            if (cause instanceof IOException failedWrite) {
                UnfinishedLineException unfinished = new UnfinishedLineException(failedWrite);
                unfinishedLine = unfinished;
                throw unfinished;
            }
        }
    }

    /** Why nothing may be written any more; null while lines are taken. */
    @Nullable
    Throwable unfinishedLine() {
        return unfinishedLine;
    }

    private void rotate(LogOptions options) throws IOException {
        SegmentName next = names.getLast().next(environment.clock().instant());
        SegmentFile begun = environment.disk().create(directory.segment(next), options.permissions());
        rotatedOut.add(active);
        active = begun;
        end = 0;
        names.add(next);
        namesChanged = true;
        environment.stored().segmentBegun(next);
        applyRetention(options);
        writtenBefore.put(next, written);
        writtenBefore.headMap(names.getFirst()).clear();
    }

    private void applyRetention(LogOptions options) {
        if (names.size() <= options.maxSegments()) {
            return;
        }
        SegmentName keepFrom = Retention.oldestPinned(directory, options.pinnedBy());
        List<String> gone = new ArrayList<>();
        while (names.size() > options.maxSegments()
                && (keepFrom == null || names.getFirst().compareTo(keepFrom) < 0)) {
            SegmentName oldest = names.getFirst();
            try {
                environment.disk().delete(directory.segment(oldest));
                gone.add(oldest.fileName());
            } catch (NoSuchFileException e) { // somebody else removed it: say so, and do not stop at it for ever
                notices.add(listener -> listener.removalFailed(oldest.fileName(), e));
            } catch (IOException e) {
                notices.add(listener -> listener.removalFailed(oldest.fileName(), e));
                break;
            }
            names.removeFirst();
        }
        removed += gone.size();
        if (!gone.isEmpty()) {
            notices.add(listener -> listener.removed(gone));
        }
    }

    /** Hands over what has to be forced before the lines written so far are on the device. */
    Unforced takeUnforced(long upTo) {
        Unforced taken = new Unforced(
                upTo, rotatedOut, namesChanged ? directory.path() : null, active, notices, environment.disk());
        rotatedOut = new ArrayList<>();
        namesChanged = false;
        notices = new ArrayList<>();
        return taken;
    }

    /** How many lines were added. */
    long written() {
        return written;
    }

    /** How many lines were added before the segment was begun; empty if it was not begun here, or is gone. */
    OptionalLong linesBefore(String segment) {
        Long lines = SegmentName.parse(segment).map(writtenBefore::get).orElse(null);
        return lines == null ? OptionalLong.empty() : OptionalLong.of(lines);
    }

    String activeName() {
        return names.getLast().fileName();
    }

    long activeBytes() {
        return end;
    }

    int count() {
        return names.size();
    }

    long removed() {
        return removed;
    }

    /** Closes every file; throws the first failure after having tried all. */
    void close() throws IOException {
        IOException first = null;
        rotatedOut.add(active);
        for (SegmentFile file : rotatedOut) {
            first = closing(file, first);
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable IOException closing(SegmentFile file, @Nullable IOException earlier) {
        try {
            file.close();
            return earlier;
        } catch (IOException e) {
            return earlier == null ? e : earlier;
        }
    }
}
