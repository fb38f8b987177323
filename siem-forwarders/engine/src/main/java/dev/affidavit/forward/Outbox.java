package dev.affidavit.forward;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.DamagedException;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.Position;
import dev.affidavit.store.Resumption;
import dev.affidavit.store.StoreException;
import dev.affidavit.store.StoredLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log as a forwarder sees it: the lines behind its cursor. Where the cursor is of no use, lines come again; none is
 * ever skipped. Not thread-safe.
 */
final class Outbox implements AutoCloseable {
    /** Enough that storing the cursor costs little per line, few enough that a failure repeats little. */
    static final int MAX_LINES = 1000;
    /** With one line more, which may be 16 MiB, this is all the memory that an outage takes. */
    static final int MAX_BYTES = 1024 * 1024;

    private final Path directory;
    private final String name;
    private final FrameworkStatus status;

    private @Nullable LogReader reader;
    /** Said last about the cursor, and not again until it moves. */
    private String warned = "";

    Outbox(Path directory, String name, FrameworkStatus status) {
        this.directory = directory;
        this.name = name;
        this.status = status;
    }

    /**
     * The lines behind those that the last call returned, all of them on the device; empty if there are none now.
     *
     * @throws StoreException if the log or the cursor cannot be read; the next call begins at the cursor again
     * @throws NotForcedException if the device refuses
     */
    Optional<Batch> next() {
        try {
            LogReader open = reader == null ? openAtCursor() : reader;
            reader = open;
            List<StoredLine> lines = open.read(MAX_LINES, MAX_BYTES);
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            force(open);
            return Optional.of(new Batch(
                    lines.stream().map(line -> new ForwardedLine(line.bytes())).toList(),
                    open.position().orElseThrow()));
        } catch (StoreException e) {
            close();
            throw e;
        }
    }

    private static void force(LogReader reader) {
        try {
            reader.force();
        } catch (StoreException e) {
            throw new NotForcedException(e);
        }
    }

    /** Puts the cursor behind the batch, durably. */
    void passed(Batch batch) {
        Cursors.of(directory).write(name, batch.end());
        warned = "";
    }

    private LogReader openAtCursor() {
        Optional<Position> cursor;
        try {
            cursor = Cursors.of(directory).read(name);
        } catch (DamagedException e) {
            warn("%s The forwarder begins at the oldest event; events are sent again.".formatted(e.getMessage()));
            return LogReader.fromOldest(directory);
        }
        if (cursor.isEmpty()) {
            return LogReader.fromOldest(directory);
        }
        LogReader opened = LogReader.from(directory, cursor.get());
        warn(opened.resumption(), cursor.get().segment());
        return opened;
    }

    private void warn(Resumption resumption, String segment) {
        switch (resumption) {
            case EXACT -> {}
            case SEGMENT_GONE ->
                warn(
                        "%s, where its cursor is, is gone: what it held and was not delivered cannot be sent. The forwarder"
                                        .formatted(segment)
                                + " goes on with the oldest file behind it, or with the oldest of all if there is none.");
            case SEGMENT_CHANGED ->
                warn(
                        "%s, where its cursor is, is not the file it was. The forwarder begins at its head; events are sent"
                                        .formatted(segment)
                                + " again.");
        }
    }

    private void warn(String problem) {
        if (!problem.equals(warned)) {
            warned = problem;
            status.warn("forwarder '%s': %s".formatted(name, problem));
        }
    }

    @Override
    public void close() {
        LogReader open = reader;
        reader = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (StoreException e) {
            // Only read from: nothing is lost with it.
        }
    }
}
