package dev.affidavit.forward.agent;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.store.CursorClaim;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.DamagedException;
import dev.affidavit.store.LogExtent;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.Position;
import dev.affidavit.store.StoredLine;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lets forwarders without a cursor begin at a time, at the first line whose timestamp is not before it. */
final class Beginning {
    /** Lines are only looked at. */
    private static final int LINES = 1000;

    private static final int BYTES = 1024 * 1024;

    private final Path directory;
    private final Instant from;
    private final FrameworkStatus status;

    Beginning(Path directory, Instant from, FrameworkStatus status) {
        this.directory = directory;
        this.from = from;
        this.status = status;
    }

    /** Stores a cursor for {@code forwarder}, unless it has one; says which. */
    void of(String forwarder) {
        if (hasCursor(forwarder)) {
            status.info("forwarder '%s' goes on where its cursor is; 'from' counts only for one that has none"
                    .formatted(forwarder));
        } else {
            place().ifPresent(place -> store(forwarder, place));
        }
    }

    /** Who cannot claim the cursor leaves it to the one that has. */
    private void store(String forwarder, Position place) {
        Cursors cursors = Cursors.of(directory);
        try (CursorClaim claim = cursors.claim(forwarder).orElse(null)) {
            if (claim != null && !hasCursor(forwarder)) {
                cursors.write(forwarder, place);
                status.info(
                        "forwarder '%s' has no cursor yet: it begins in %s behind line %d, with the first event of %s or later"
                                .formatted(forwarder, place.segment(), place.line(), from));
            }
        }
    }

    private boolean hasCursor(String forwarder) {
        try {
            return Cursors.of(directory).read(forwarder).isPresent();
        } catch (DamagedException e) {
            return true; // the forwarder will say so, and where it begins
        }
    }

    /** The place before that line; behind the last finished line, if there is none yet; empty if there is no file. */
    private Optional<Position> place() {
        Optional<Position> begin = LogExtent.of(directory).beginFor(from);
        if (begin.isEmpty()) {
            return begin;
        }
        try (LogReader reader = LogReader.from(directory, begin.get())) {
            while (true) {
                List<StoredLine> lines = reader.read(LINES, BYTES);
                if (lines.isEmpty()) {
                    return reader.position();
                }
                Optional<StoredLine> first =
                        lines.stream().filter(this::isNotBefore).findFirst();
                if (first.isPresent()) {
                    return before(first.get());
                }
            }
        }
    }

    private boolean isNotBefore(StoredLine line) {
        String timestamp = new ForwardedLine(line.bytes()).timestamp();
        try {
            return timestamp != null && !Instant.parse(timestamp).isBefore(from);
        } catch (DateTimeException notATime) {
            return false;
        }
    }

    private Optional<Position> before(StoredLine line) {
        try (LogReader reader = LogReader.from(directory, line.segment(), line.offset())) {
            return reader.position();
        }
    }
}
