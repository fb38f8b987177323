package dev.affidavit.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a log in order, in the process that writes it or in another, while it is written and rotated. Sees
 * finished lines only. Not thread-safe. An interrupt of the reading thread closes this reader's file and makes the call
 * fail; it harms nobody else.
 */
public final class LogReader implements Closeable {
    private final LogDirectory directory;
    private final PoisonedSegments poisoned;
    private final Resumption resumption;

    private @Nullable SegmentReader current;
    /** The segment that was left last, or that is gone: the next one to read is later. */
    private @Nullable SegmentName left;

    /** Whether a segment that was left is for the writer to force: if there is none any more, it forced when it closed. */
    private boolean leftUnforced;

    /**
     * Those behind the current one that were there when the directory was listed: to list it for each of ten thousand would
     * take minutes. New ones come behind them, but for the copy of what the device refused.
     */
    private final Queue<SegmentName> later = new ArrayDeque<>();

    /** Segments of which the device refused a force: it is never tried again and believed. */
    private final Map<SegmentName, IOException> refused = new LinkedHashMap<>();

    private LogReader(
            LogDirectory directory,
            Resumption resumption,
            @Nullable SegmentReader current,
            @Nullable SegmentName left) {
        this.directory = directory;
        this.poisoned = new PoisonedSegments(directory);
        this.resumption = resumption;
        this.current = current;
        this.left = left;
    }

    /** Opens the log in {@code directory} at the head of its oldest segment. */
    public static LogReader fromOldest(Path directory) {
        return new LogReader(LogDirectory.existing(directory), Resumption.EXACT, null, null);
    }

    /** Opens the log behind {@code position}; {@link #resumption()} says whether that place was still there. */
    public static LogReader from(Path directory, Position position) {
        return from(
                directory,
                position.segment(),
                position.offset(),
                (segment, copied) -> copied == null
                        ? segment.seek(position)
                        : segment.seek(copied.inCopy(position.offset()), position.lastLine()));
    }

    /**
     * Opens the log at byte {@code offset} of a segment, where a line begins, such as {@link StoredLine#end} says; {@link
     * #resumption()} says whether that place was still there.
     */
    public static LogReader from(Path directory, String segment, long offset) {
        return from(
                directory,
                segment,
                offset,
                (found, copied) -> found.seek(copied == null ? offset : copied.inCopy(offset), null));
    }

    /** Opens the log behind its last finished line: what is written from now on is read. */
    public static LogReader fromEnd(Path directory) {
        LogDirectory log = LogDirectory.existing(directory);
        try {
            List<SegmentName> segments = log.segments();
            return segments.isEmpty()
                    ? new LogReader(log, Resumption.EXACT, null, null)
                    : from(
                            directory,
                            segments.get(segments.size() - 1).fileName(),
                            0,
                            (segment, copied) -> segment.seekEnd());
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(log.path(), e), e);
        }
    }

    /** Whether {@code directory} is the directory of a log, so that it can be opened. */
    public static boolean isLog(Path directory) {
        return LogDirectory.isLog(directory);
    }

    private static LogReader from(Path directory, String segmentName, long offset, Place place) {
        LogDirectory log = LogDirectory.existing(directory);
        SegmentName name = SegmentName.parse(segmentName).orElseThrow();
        try {
            Optional<Poisoned> copied = new PoisonedSegments(log).find(name).filter(note -> offset > note.good());
            if (copied.isPresent()) {
                SegmentReader copy = SegmentReader.open(log, copied.get().copy());
                if (seek(copy, place, copied.get()) == Resumption.EXACT) {
                    return new LogReader(log, Resumption.EXACT, copy, null);
                }
                copy.close();
            }
            SegmentReader segment = SegmentReader.open(log, name);
            return new LogReader(log, seek(segment, place, null), segment, null);
        } catch (NoSuchFileException e) {
            return behindGone(log, name);
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(log.segment(name), e), e);
        }
    }

    /** A segment that cannot be read is closed again: who tries for days must not run out of files. */
    private static Resumption seek(SegmentReader segment, Place place, @Nullable Poisoned copied) throws IOException {
        try {
            return place.find(segment, copied) ? Resumption.EXACT : Resumption.SEGMENT_CHANGED;
        } catch (IOException e) {
            segment.close();
            throw e;
        }
    }

    private static LogReader behindGone(LogDirectory log, SegmentName gone) {
        try {
            return new LogReader(
                    log, Resumption.SEGMENT_GONE, null, log.segmentsAfter(gone).isEmpty() ? null : gone);
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(log.path(), e), e);
        }
    }

    /** How this reader was opened. */
    public Resumption resumption() {
        return resumption;
    }

    /** The random name of the log. */
    public String logId() {
        return directory.readId();
    }

    /**
     * The next finished lines: at most {@code maxLines}, and no further one once they hold {@code maxBytes}. Empty if
     * there are none now; more may come.
     *
     * @throws StoreException if the log cannot be read
     */
    public List<StoredLine> read(int maxLines, int maxBytes) {
        List<StoredLine> lines = new ArrayList<>();
        int bytes = 0;
        while (lines.size() < maxLines && bytes < maxBytes) {
            StoredLine line;
            try {
                line = next();
            } catch (IOException | DamagedException e) {
                if (lines.isEmpty()) {
                    throw unreadable(e);
                }
                break; // the position is behind these lines already; the failure shows again in the next call
            }
            if (line == null) {
                break;
            }
            lines.add(line);
            bytes += line.bytes().length;
        }
        return lines;
    }

    private StoreException unreadable(Exception cause) {
        return cause instanceof DamagedException damaged
                ? damaged
                : new StoreException("the log in %s cannot be read: %s".formatted(directory.path(), cause), cause);
    }

    /**
     * The place behind the last line returned; empty while no segment was opened. A reader that was opened at an offset, or
     * at the end, reads the segment up to there to count its lines, once.
     *
     * @throws StoreException if they cannot be read
     */
    public Optional<Position> position() {
        try {
            return current == null ? Optional.empty() : Optional.of(current.position());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Returns when every line returned so far is on the device, so that nobody else keeps what a power cut takes here. If
     * the writer is open in this process, it forces.
     *
     * @throws NotForcedException if the device refused, or did not answer in time. May be called again: a force that was
     *     refused is not tried again and believed, but the writer copies such lines to a new segment, and then they are on
     *     the device
     */
    public void force() {
        LogWriter writer = OpenWriters.of(directory);
        if (writer != null && hasUnforced()) {
            writer.syncRead();
            forced();
        }
        forceItself();
    }

    /** The same without the writer's help. */
    void forceItself() {
        forceCurrent();
        leftUnforced = false;
        refused.keySet().removeIf(this::isCopied);
        if (!refused.isEmpty()) {
            IOException cause = refused.values().iterator().next();
            throw new NotForcedException(
                    "the log in %s cannot be forced: %s. What was read is safe when the writer has copied it, or when the device is mended and the log is opened again."
                            .formatted(directory.path(), cause),
                    cause);
        }
    }

    private boolean hasUnforced() {
        return leftUnforced || (current != null && current.hasUnforced());
    }

    private void forced() {
        leftUnforced = false;
        if (current != null) {
            current.forced();
        }
    }

    private boolean isCopied(SegmentName name) {
        try {
            return poisoned.find(name).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private void forceCurrent() {
        if (current != null && !refused.containsKey(current.name())) {
            try {
                current.force();
            } catch (IOException e) {
                refused.put(current.name(), e);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (current != null) {
                current.close();
            }
        } catch (IOException e) {
            throw new StoreException("the log in %s cannot be closed: %s".formatted(directory.path(), e), e);
        }
    }

    private @Nullable StoredLine next() throws IOException {
        while (true) {
            StoredLine line = current == null ? null : current.next(true);
            if (line != null) {
                return line;
            }
            SegmentName later = laterSegment();
            if (later == null) {
                return null;
            }
            // Nothing is added to a segment once a later one exists; look again for what came before that.
            line = current == null ? null : current.next(false);
            if (line != null) {
                return line;
            }
            enter(later);
        }
    }

    private @Nullable SegmentName laterSegment() throws IOException {
        SegmentName at = current == null ? left : current.name();
        while (at != null && !later.isEmpty() && later.element().compareTo(at) <= 0) {
            later.remove();
        }
        if (later.isEmpty()) {
            list(at);
        }
        return later.peek();
    }

    /**
     * A name that is made while a directory is listed may be missing though a later one is there. So it is listed again: what is
     * earlier than a name of the first list is older than the second.
     */
    private void list(@Nullable SegmentName at) throws IOException {
        List<SegmentName> seen = directory.segmentsAfter(at);
        if (!seen.isEmpty()) {
            SegmentName last = seen.get(seen.size() - 1);
            directory.segmentsAfter(at).stream()
                    .filter(name -> name.compareTo(last) <= 0)
                    .forEach(later::add);
        }
    }

    private void enter(SegmentName name) throws IOException {
        SegmentReader entered;
        try {
            entered = SegmentReader.open(directory, name);
        } catch (NoSuchFileException e) {
            left = name; // retention was quicker
            later.remove(name);
            return;
        }
        if (current != null) {
            // Looked up when the next one is open: what a refusal says of that, it says of this one by now.
            Optional<Poisoned> copied = copied(current, entered);
            if (copied.isPresent()) {
                entered.close();
                later.clear();
                goOnInCopy(current, copied.get());
                return;
            }
            if (OpenWriters.of(directory) != null) {
                leftUnforced |= current.hasUnforced();
            } else {
                forceCurrent(); // now, so that no file of a segment that is left stays open
            }
            current.close();
        }
        current = entered;
        if (entered.isPoisoned()) {
            later.clear(); // its copy may have come between those that were listed
        }
    }

    private static Optional<Poisoned> copied(SegmentReader leaving, SegmentReader entered) throws IOException {
        try {
            return leaving.copied();
        } catch (IOException e) {
            entered.close();
            throw e;
        }
    }

    /** Lines behind the good part of a segment were read there, before they were copied: they are not read again. */
    private void goOnInCopy(SegmentReader leaving, Poisoned copied) throws IOException {
        try {
            SegmentReader copy = SegmentReader.open(directory, copied.copy());
            copy.seek(copied.inCopy(leaving.offset()), null);
            current = copy;
        } catch (NoSuchFileException e) { // retention was quicker
            current = null;
            left = copied.copy();
        }
        leaving.close();
    }

    /** A place of a segment. */
    private interface Place {
        /**
         * Goes there; false if it is not there any more.
         *
         * @param copied where it is now, if {@code segment} is the copy of what was behind the good part of its own
         */
        boolean find(SegmentReader segment, @Nullable Poisoned copied) throws IOException;
    }
}
