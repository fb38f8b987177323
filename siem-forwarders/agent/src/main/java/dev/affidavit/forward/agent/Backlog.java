package dev.affidavit.forward.agent;

import dev.affidavit.forward.DeadLetters;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.DamagedException;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.Position;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a log holds at a moment: its finished lines, and dead letters to be sent again. */
final class Backlog {
    private final Path directory;
    /** Behind the last line; null if the log has no file. */
    private final @Nullable Position end;

    private Backlog(Path directory, @Nullable Position end) {
        this.directory = directory;
        this.end = end;
    }

    static Backlog of(Path directory) {
        try (LogReader reader = LogReader.fromEnd(directory)) {
            return new Backlog(directory, reader.position().orElse(null));
        }
    }

    /** Whether {@code forwarder} has settled all of it. */
    boolean isSettledBy(String forwarder) {
        return hasPassed(forwarder) && DeadLetters.of(directory).countWaiting(forwarder) == 0;
    }

    private boolean hasPassed(String forwarder) {
        if (end == null) {
            return true;
        }
        Optional<Position> cursor;
        try {
            cursor = Cursors.of(directory).read(forwarder);
        } catch (DamagedException e) {
            return false; // the forwarder puts a good one in its place
        }
        return cursor.filter(place -> isAtOrBehind(place, end) || !hasLinesBehind(place))
                .isPresent();
    }

    /** Names of segments sort by age, as text too. */
    private static boolean isAtOrBehind(Position cursor, Position place) {
        int order = cursor.segment().compareTo(place.segment());
        return order > 0 || (order == 0 && cursor.offset() >= place.offset());
    }

    /** A cursor stays in the last file that has lines; the last of all may have none. */
    private boolean hasLinesBehind(Position cursor) {
        try (LogReader reader = LogReader.from(directory, cursor)) {
            return !reader.read(1, 1).isEmpty();
        }
    }
}
