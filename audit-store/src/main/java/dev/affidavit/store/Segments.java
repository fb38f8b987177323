package dev.affidavit.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a log that is being written: the active one, where lines go, and those before it.
 * Not thread-safe: used by who has the turn.
 */
final class Segments {
    /** A try is a few system calls, in a turn. */
    private static final long RETRY_MILLIS = 1000;
    /** Names that are taken are passed over, far more than anybody puts there. */
    private static final int MAX_TAKEN = 1000;
    /** Few: where files can be made but neither opened nor removed, each try leaves one. */
    private static final int MAX_LEFT = 2;

    private final LogDirectory directory;
    private final Environment environment;
    private final RotatedSegments rotated;
    /** Where segments belong: if another directory comes to have its name, nothing is made in that. */
    private final FileIdentity place;

    private final LineRing lines;

    private ActiveSegment active;
    /** The last name that may be in the directory: that of the active segment, or one that a failed try left behind it. */
    private SegmentName last;

    /** Why half a line stands at the end of a segment that is not active any more; null if none does. */
    private @Nullable Throwable unfinishedBefore;

    private long written;
    /** How many lines were written before each segment that was begun here. */
    private final NavigableMap<SegmentName, Long> writtenBefore = new TreeMap<>();

    private List<Tail> rotatedOut = new ArrayList<>();
    private boolean namesChanged;
    /** How many segments were begun behind another one. */
    private long rotations;

    /** Whether the next line belongs into another segment, which could not be begun yet. */
    private boolean overdue;
    /** Whether nothing may be added to the active segment, since another program meddles with it. */
    private boolean meddledWith;
    /** The segment before the active one, until everybody knows of it. */
    private @Nullable RotatedSegment leftLast;
    /** Why it could not; null if none is due. */
    private @Nullable IOException rotationFailure;
    /** When that was tried last, in milliseconds since the epoch. */
    private long rotationTried;

    private Segments(
            LogDirectory directory,
            Environment environment,
            RotatedSegments rotated,
            FileIdentity place,
            LineRing lines,
            ActiveSegment active) {
        this.directory = directory;
        this.environment = environment;
        this.rotated = rotated;
        this.place = place;
        this.lines = lines;
        this.active = active;
        this.last = active.name();
    }

    /**
     * Goes on in the last segment, which must end with a finished line, or begins one.
     *
     * @param begin the name of the one to be begun; null to go on in the last if there is one
     */
    static Segments open(
            LogDirectory directory,
            Environment environment,
            LogOptions options,
            FoundSegments before,
            @Nullable SegmentName begin,
            LineRing lines)
            throws IOException {
        FoundSegments found = begin == null ? before : before.allRotated();
        RotatedSegment last = found.last();
        SegmentName first =
                begin == null ? SegmentName.first(environment.clock().instant()) : begin;
        SegmentName name = last == null ? first : last.name();
        SegmentFile file = last == null
                ? environment.disk().create(directory.segment(name), options.permissions())
                : environment.disk().open(directory.segment(name));
        try {
            Segments segments = new Segments(
                    directory,
                    environment,
                    new RotatedSegments(found.rotated()),
                    FileIdentity.of(directory.path()),
                    lines,
                    ActiveSegment.of(
                            name, file, last == null ? 0 : last.modified().toEpochMilli()));
            if (last == null) {
                environment.disk().forceDirectory(directory.path());
            }
            lines.add(to -> to.segmentBegun(name));
            return segments;
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    /**
     * Adds a line; begins a new segment first if it must. A line that cannot be written leaves no trace.
     *
     * @return whether it was tried to begin a segment
     * @throws IllegalArgumentException if it is no line
     */
    boolean append(Line line, LogOptions options) throws IOException {
        return append(line, options, active.length() + line.maxLength() > options.maxSegmentBytes());
    }

    /** Adds a line to this segment even if it is full, so that what reports a removal never causes another. */
    boolean appendReport(Line line, LogOptions options) throws IOException {
        return append(line, options, false);
    }

    private boolean append(Line line, LogOptions options, boolean full) throws IOException {
        enterLeft();
        long now = environment.clock().millis();
        boolean due = full || Rotation.separates(active.newest(), now, options.rotationInterval());
        overdue = meddledWith || (!active.isEmpty() && (overdue || due));
        boolean tried = overdue && tryToRotate(options, now);
        line.enter(active.fileName());
        byte[] bytes = line.bytes();
        int length = line.length();
        requireLine(bytes, length);
        active.append(bytes, length, now, lines);
        written++;
        return tried;
    }

    private static void requireLine(byte[] bytes, int length) {
        boolean fits = length >= 1 && length <= Math.min(bytes.length, LogWriter.MAX_LINE_BYTES);
        if (!fits || bytes[length - 1] != '\n') {
            throw new IllegalArgumentException("expected a line of 1 to %d bytes that ends with \\n, found %s"
                    .formatted(LogWriter.MAX_LINE_BYTES, fits ? "another last byte" : length + " bytes"));
        }
    }

    /**
     * Begins the segment that is due; if that fails, as it does without inodes or in a directory that has become read-only,
     * the line goes into this one: a line that can be recorded must be. But not if this one is gone too, with its directory
     * perhaps, or if the try left a later one, which readers enter for good: then nobody would find the line. Tells whether
     * it was tried.
     */
    private boolean tryToRotate(LogOptions options, long now) throws IOException {
        if (rotationFailure != null && !meddledWith && isLast() && Math.abs(now - rotationTried) < RETRY_MILLIS) {
            return false;
        }
        rotationTried = now;
        try {
            rotate(options);
        } catch (IOException e) {
            if (!isLast()) {
                throw new IOException(
                        "%s exists, so nothing may be added to the file before it, and none can be begun behind it: %s"
                                .formatted(directory.segment(last), e),
                        e);
            }
            if (meddledWith || !exists(active.name())) {
                throw e;
            }
            rotationFailure = e;
        }
        return true;
    }

    private boolean isLast() {
        return last.equals(active.name());
    }

    /** Why the segment that is due cannot be begun; null if none is, or it can. */
    @Nullable
    IOException rotationFailure() {
        return rotationFailure;
    }

    /** Looks at the active segment; adds nothing more to it if another program meddles with it. */
    @Nullable
    Tampering look(FileWatch watch) throws IOException {
        if (meddledWith || unfinishedLine() != null) {
            return null; // it is told already
        }
        Tampering found = watch.at(active.name(), active.length());
        meddledWith = found != null;
        return found;
    }

    /** Tries again to remove half a line that stands at the end, if that is worth it. */
    void cutAgain() {
        active.cutAgain();
    }

    /** Why nothing may be written any more; null while lines are taken. */
    @Nullable
    Throwable unfinishedLine() {
        return unfinishedBefore != null ? unfinishedBefore : active.unfinishedLine();
    }

    private void rotate(LogOptions options) throws IOException {
        Instant now = environment.clock().instant();
        begin(last.next(now), now, options);
    }

    /** Begins a segment of this name, or of a later one if it is taken. */
    private void begin(SegmentName first, Instant now, LogOptions options) throws IOException {
        SegmentName next = first;
        for (int tries = 1; ; tries++) {
            try {
                begin(next, options);
                return;
            } catch (IOException e) {
                int most = e instanceof FileAlreadyExistsException ? MAX_TAKEN : MAX_LEFT;
                boolean taken = last.equals(next);
                if (!taken || tries >= most) {
                    throw e;
                }
                next = last.next(now);
            }
        }
    }

    private SegmentFile create(SegmentName next, LogOptions options) throws IOException {
        String fate = place.fate();
        if (fate != null) {
            throw new IOException(fate + ". Put it back, or open the log again");
        }
        SegmentName before = last;
        last = next; // before anything that can run out of memory
        try {
            return environment.disk().create(directory.segment(next), options.permissions());
        } catch (Throwable e) {
            if (Files.notExists(directory.segment(next), LinkOption.NOFOLLOW_LINKS)) {
                last = before;
            }
            throw e;
        }
    }

    private void begin(SegmentName next, LogOptions options) throws IOException {
        RotatedSegment left = active.rotated();
        Tail leftTail = active.tail();
        GrowingTail begunTail = new GrowingTail(0);
        ActiveSegment begun = new ActiveSegment(next, create(next, options), begunTail, 0, 0);
        rotatedOut.add(leftTail);
        // From here on nothing can run out of memory before both ends are known.
        unfinishedBefore = unfinishedLine();
        active = begun;
        overdue = false;
        meddledWith = false;
        rotationFailure = null;
        namesChanged = true;
        rotations++;
        leftLast = left;
        enterLeft();
    }

    /** Enters where it belongs what the last begin left behind; what an Error keeps from that is done before the next line. */
    private void enterLeft() {
        RotatedSegment left = leftLast;
        if (left != null) {
            SegmentName begun = active.name();
            rotated.add(left);
            writtenBefore.put(begun, written);
            RotatedSegment oldest = rotated.oldest();
            writtenBefore.headMap(oldest == null ? begun : oldest.name()).clear();
            lines.add(to -> to.segmentBegun(begun));
            leftLast = null;
        }
    }

    /**
     * Begins a segment, so that nothing is added to those that the device refused, and leaves a name before it free for the
     * copy of what they hold.
     */
    SetAside setAside(LogOptions options) throws IOException {
        enterLeft();
        active.cutAgain();
        Instant now = environment.clock().instant();
        SegmentName copy = last.next(now);
        for (int tries = 1; exists(copy) && tries < MAX_TAKEN; tries++) {
            copy = copy.next(now);
        }
        begin(copy.next(now), now, options);
        SetAside aside = new SetAside(written, rotatedOut, copy);
        rotatedOut = new ArrayList<>();
        return aside;
    }

    private boolean exists(SegmentName name) {
        return Files.exists(directory.segment(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** The lines of {@code tails}, the last that were written before {@code aside}, are in its copy now. */
    void copied(SetAside aside, Iterable<Tail> tails) {
        // One can have two: what was handed over for a force, and what was written meanwhile.
        Map<SegmentName, Long> movedFrom = new LinkedHashMap<>();
        long bytes = 0;
        for (Tail tail : tails) {
            bytes += tail.bytes();
            rotated.shorten(tail.segment(), tail.bytes());
            movedFrom.merge(tail.segment(), tail.lines(), Long::sum);
        }
        movedFrom.forEach((from, count) -> lines.add(to -> to.linesMoved(from, count, aside.copy())));
        long moved = movedFrom.values().stream().mapToLong(Long::longValue).sum();
        if (moved > 0) {
            rotated.add(
                    new RotatedSegment(aside.copy(), bytes, environment.clock().instant()));
            writtenBefore.put(aside.copy(), aside.written() - moved);
        }
    }

    /** Hands over what has to be forced before the lines written so far are on the device. */
    Unforced takeUnforced(long upTo, SealMarks marks) {
        marks.forceBegins(upTo, lines);
        List<Tail> none = new ArrayList<>();
        Unforced taken = new Unforced(
                upTo, rotatedOut, namesChanged ? directory.path() : null, active.tail(), environment.disk());
        // From here on nothing can run out of memory.
        active.beginForce();
        rotatedOut = none;
        namesChanged = false;
        return taken;
    }

    /** So many lines are on the device. */
    void forced(long upTo, SealMarks marks) {
        marks.forced(upTo, lines);
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

    /** How often another segment was begun. */
    long rotations() {
        return rotations;
    }

    SegmentName active() {
        return active.name();
    }

    String activeName() {
        return active.fileName();
    }

    /** The last name that may be in the directory: no reader can be behind it. */
    SegmentName last() {
        return last;
    }

    long activeBytes() {
        return active.length();
    }

    /** Those before the active one. */
    RotatedSegments rotated() {
        return rotated;
    }

    /** Closes every file; throws the first failure after having tried all. */
    void close() throws IOException {
        IOException first = closing(active, null);
        for (Tail left : rotatedOut) {
            first = closing(left.file(), first);
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable IOException closing(Closeable file, @Nullable IOException earlier) {
        try {
            file.close();
            return earlier;
        } catch (IOException e) {
            return earlier == null ? e : earlier;
        }
    }
}
