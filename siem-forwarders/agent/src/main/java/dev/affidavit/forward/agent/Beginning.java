package dev.affidavit.forward.agent;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.UndecryptableLineException;
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
import org.jspecify.annotations.Nullable;

/**
 * Lets forwarders without a cursor begin at a time, at the first line whose timestamp is not before it, or cannot be read for
 * want of its key. Used by one thread.
 */
final class Beginning implements AutoCloseable {
    /** Lines are only looked at. */
    private static final int LINES = 1000;

    private static final int BYTES = 1024 * 1024;

    private final Path directory;
    private final Instant from;
    private final Decrypter decrypter;
    private final FrameworkStatus status;

    /** Why the time of the line is not known that was found; null if it is. */
    private @Nullable UndecryptableLineException unread;

    /** @param decrypter closed with this */
    Beginning(Path directory, Instant from, Decrypter decrypter, FrameworkStatus status) {
        this.directory = directory;
        this.from = from;
        this.decrypter = decrypter;
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
                say(forwarder, place);
            }
        }
    }

    private void say(String forwarder, Position place) {
        if (unread == null) {
            status.info(
                    "forwarder '%s' has no cursor yet: it begins in %s behind line %d, with the first event of %s or later"
                            .formatted(forwarder, place.segment(), place.line(), from));
        } else {
            status.warn(
                    "forwarder '%s' has no cursor yet: it begins in %s behind line %d, though events before %s may follow: the time of the next one cannot be read: %s"
                            .formatted(forwarder, place.segment(), place.line(), from, unread.getMessage()));
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
        unread = null;
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

    /** A line that cannot be read for want of a key may be late enough: then it is sent rather than passed over. */
    private boolean isNotBefore(StoredLine line) {
        try {
            String timestamp = new ForwardedLine(decrypter.decrypt(line)).timestamp();
            return timestamp != null && !Instant.parse(timestamp).isBefore(from);
        } catch (UndecryptableLineException e) {
            if (e.isOfKeys()) {
                unread = e;
            }
            return e.isOfKeys();
        } catch (DateTimeException notATime) {
            return false;
        }
    }

    private Optional<Position> before(StoredLine line) {
        try (LogReader reader = LogReader.from(directory, line.segment(), line.offset())) {
            return reader.position();
        }
    }

    @Override
    public void close() {
        decrypter.close();
    }
}
