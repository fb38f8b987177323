package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a log holds at the moment, told without reading its lines; it may be written and pruned meanwhile. Thread-safe. */
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
        return segments().stream().findFirst().map(oldest -> new Position(oldest.fileName(), 0, 0, null));
    }

    /**
     * The head of the newest segment of which no earlier one was still written at {@code time}; empty if there is none. A
     * segment is named after its beginning, and nothing is written to it once a later one was begun.
     */
    public Optional<Position> beginFor(Instant time) {
        List<SegmentName> segments = segments();
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
        for (SegmentName segment : segments()) {
            int order = segment.compareTo(at);
            if (order >= 0) {
                bytes += Math.max(0, size(segment) - (order == 0 ? position.offset() : 0));
            }
        }
        return bytes;
    }

    private List<SegmentName> segments() {
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
}
