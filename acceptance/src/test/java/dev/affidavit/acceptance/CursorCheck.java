package dev.affidavit.acceptance;

import dev.affidavit.store.Cursors;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.Position;
import dev.affidavit.store.Resumption;
import dev.affidavit.store.StoredLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The cursor of the one forwarder, held against the files: it is at a line that is there. */
final class CursorCheck {
    private static final String FORWARDER = "soc";

    private CursorCheck() {}

    static boolean exists(Path log) {
        return position(log).isPresent();
    }

    /**
     * What is wrong with it; empty if nothing is.
     *
     * @param segments names of the log's files, oldest first
     */
    static Optional<String> problem(Path log, List<String> segments) {
        Optional<Position> cursor = position(log);
        if (cursor.isEmpty()) {
            return Optional.empty();
        }
        try (LogReader reader = LogReader.from(log, cursor.get())) {
            boolean removed = reader.resumption() == Resumption.SEGMENT_GONE
                    && !segments.isEmpty()
                    && cursor.get().segment().compareTo(segments.get(0)) < 0;
            return reader.resumption() == Resumption.EXACT || removed
                    ? Optional.empty()
                    : Optional.of(
                            "the cursor is ahead of the file: %s, %s".formatted(reader.resumption(), cursor.get()));
        }
    }

    /** The lines behind it; all there are without one. */
    static List<String> ahead(Path log) {
        try (LogReader reader =
                position(log).map(cursor -> LogReader.from(log, cursor)).orElseGet(() -> LogReader.fromOldest(log))) {
            return lines(reader);
        }
    }

    static List<String> lines(LogReader reader) {
        return reader.read(Integer.MAX_VALUE, Integer.MAX_VALUE).stream()
                .map(StoredLine::bytes)
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }

    private static Optional<Position> position(Path log) {
        return Files.isDirectory(log.resolve(".affidavit").resolve("cursors"))
                ? Cursors.of(log).read(FORWARDER)
                : Optional.empty();
    }
}
