package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a log holds at the moment, told without its lock; it may be written and pruned meanwhile. Changes nothing, and forces
 * nothing: whoever looks must not be the one whom the device tells that it refused. Thread-safe.
 */
public final class LogExtent {
    private final LogDirectory directory;

    private LogExtent(LogDirectory directory) {
        this.directory = directory;
    }

    /** Of the log in {@code directory}, which a writer must have made. */
    public static LogExtent of(Path directory) {
        return new LogExtent(LogDirectory.existing(directory));
    }

    /** The random name of the log, made with it: another one means that the directory was replaced. */
    public String logId() {
        return directory.readId();
    }

    /** The head of its oldest segment; empty if it has none. */
    public Optional<Position> begin() {
        return names().stream().findFirst().map(oldest -> new Position(oldest.fileName(), 0, 0, null));
    }

    /**
     * The head of the newest segment of which no earlier one was still written at {@code time}; empty if there is none. A
     * segment is named after its beginning, and nothing is written to it once a later one was begun.
     */
    public Optional<Position> beginFor(Instant time) {
        List<SegmentName> segments = names();
        int from = 0;
        while (from + 1 < segments.size()
                && !segments.get(from + 1).second().plusSeconds(1).isAfter(time)) { // begun within that second
            from++;
        }
        return segments.isEmpty()
                ? Optional.empty()
                : Optional.of(new Position(segments.get(from).fileName(), 0, 0, null));
    }

    /** How many bytes there are behind {@code position}; a last line that is not finished counts. */
    public long bytesBehind(Position position) {
        SegmentName at = SegmentName.parse(position.segment()).orElseThrow();
        long bytes = 0;
        for (SegmentName segment : names()) {
            int order = segment.compareTo(at);
            if (order >= 0) {
                bytes += Math.max(0, size(segment) - (order == 0 ? position.offset() : 0));
            }
        }
        return bytes;
    }

    /** Its segments, oldest first. */
    public List<StoredSegment> segments() {
        return names().stream()
                .map(name -> new StoredSegment(name.fileName(), size(name)))
                .toList();
    }

    /**
     * How many lines it holds. All its bytes are read for that.
     *
     * @param progress is told after each segment how many bytes were read so far
     * @throws StoreException if they cannot be read
     */
    public long lines(LongConsumer progress) {
        List<SegmentName> names = names();
        long lines = 0;
        long bytes = 0;
        for (int i = 0; i < names.size(); i++) {
            boolean last = i == names.size() - 1;
            lines += ofSegment(names.get(i), 0L, segment -> segment.countLines(last));
            bytes += size(names.get(i));
            progress.accept(bytes);
        }
        return lines;
    }

    /**
     * Gives every finished line that it holds now, oldest first; of what is written, copied or pruned meanwhile perhaps some.
     *
     * @throws StoreException if they cannot be read
     */
    public void forEachLine(Consumer<StoredLine> taker) {
        give(names(), null, taker);
    }

    /**
     * The same of one segment.
     *
     * @param segment the file name of one of {@link #segments}
     * @throws IllegalArgumentException if it has none of this name
     */
    public void forEachLineOf(String segment, Consumer<StoredLine> taker) {
        List<SegmentName> names = names();
        if (names.stream().noneMatch(name -> name.fileName().equals(segment))) {
            throw new IllegalArgumentException(
                    "%s: expected one of its segments, found %s".formatted(directory.path(), segment));
        }
        give(names, segment, taker);
    }

    private void give(List<SegmentName> names, @Nullable String only, Consumer<StoredLine> taker) {
        for (int i = 0; i < names.size(); i++) {
            SegmentName name = names.get(i);
            boolean last = i == names.size() - 1;
            if (only == null || name.fileName().equals(only)) {
                ofSegment(name, 0L, segment -> {
                    long lines = 0;
                    for (StoredLine line = segment.next(last); line != null; line = segment.next(last)) {
                        taker.accept(line);
                        lines++;
                    }
                    return lines;
                });
            }
        }
    }

    /**
     * The last finished line, of the newest segment that has one; empty if there is none.
     *
     * @throws StoreException if the log cannot be read
     */
    public Optional<StoredLine> newestLine() {
        List<SegmentName> names = names();
        for (int i = names.size() - 1; i >= 0; i--) {
            Optional<StoredLine> last = ofSegment(names.get(i), Optional.empty(), SegmentReader::lastLine);
            if (last.isPresent()) {
                return last;
            }
        }
        return Optional.empty();
    }

    /**
     * How many bytes stand behind the last finished line of the newest segment: of a line that is being written, or that a
     * killed process or a power cut left.
     *
     * @throws StoreException if the log cannot be read
     */
    public long unfinishedBytes() {
        List<SegmentName> names = names();
        return names.isEmpty() ? 0 : ofSegment(names.get(names.size() - 1), 0L, SegmentReader::unfinishedBytes);
    }

    private <T> T ofSegment(SegmentName name, T ifGone, Look<T> look) {
        try (SegmentReader reader = SegmentReader.open(directory, name)) {
            return look.at(reader);
        } catch (NoSuchFileException pruned) {
            return ifGone;
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(directory.segment(name), e), e);
        }
    }

    private List<SegmentName> names() {
        try {
            return directory.segments();
        } catch (IOException e) {
            throw new StoreException("%s cannot be listed: %s".formatted(directory.path(), e), e);
        }
    }

    private long size(SegmentName segment) {
        try {
            return Files.size(directory.segment(segment));
        } catch (NoSuchFileException pruned) {
            return 0;
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(directory.segment(segment), e), e);
        }
    }

    /** What is asked of one segment. */
    private interface Look<T> {
        T at(SegmentReader segment) throws IOException;
    }
}
