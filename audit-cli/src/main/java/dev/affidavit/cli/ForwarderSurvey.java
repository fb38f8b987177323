package dev.affidavit.cli;

import dev.affidavit.forward.DeadLetters;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.DamagedException;
import dev.affidavit.store.LogExtent;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.Position;
import dev.affidavit.store.Resumption;
import dev.affidavit.store.StoreException;
import dev.affidavit.store.StoredLine;
import dev.affidavit.store.StoredSegment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells of the forwarders of one log how far they are. */
record ForwarderSurvey(
        Path directory,
        Cursors cursors,
        DeadLetters letters,
        LogExtent extent,
        List<StoredSegment> segments,
        Instant now,
        Timestamps timestamps,
        Looks looks) {
    private static final double MILLIS_PER_SECOND = 1000;

    ForwarderStats of(String forwarder) {
        try {
            Position cursor = cursors.read(forwarder).orElse(null);
            Next next = cursor == null ? null : looks.at(() -> behind(cursor));
            return of(forwarder, cursor, next, next == null ? null : problem(next.resumption()));
        } catch (DamagedException e) { // nothing that hides: the forwarder mends it by itself
            return of(forwarder, null, null, String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            looks.add(e);
            return of(forwarder, null, null, null);
        }
    }

    private ForwarderStats of(
            String forwarder, @Nullable Position cursor, @Nullable Next next, @Nullable String problem) {
        return new ForwarderStats(
                forwarder,
                cursor == null ? null : cursor.segment(),
                cursor == null ? null : cursor.offset(),
                cursor == null ? null : looks.at(() -> extent.bytesBehind(cursor)),
                cursor == null ? null : segmentsBehind(cursor),
                next == null ? null : next.timestamp(),
                next == null ? null : seconds(next),
                looks.at(() -> letters.count(forwarder)),
                looks.at(() -> letters.countWaiting(forwarder)),
                problem);
    }

    /** Names sort by age, as text too. */
    private int segmentsBehind(Position cursor) {
        return (int) segments.stream()
                .filter(segment -> segment.name().compareTo(cursor.segment()) > 0)
                .count();
    }

    private Next behind(Position cursor) {
        try (LogReader reader = LogReader.from(directory, cursor)) {
            List<StoredLine> first = reader.read(1, 1);
            return new Next(reader.resumption(), first.isEmpty(), first.isEmpty() ? null : timestamps.of(first.get(0)));
        }
    }

    private @Nullable Double seconds(Next next) {
        if (next.timestamp() == null) {
            return next.none() ? 0.0 : null;
        }
        long millis = Duration.between(Instant.parse(next.timestamp()), now).toMillis();
        return Math.max(0, millis) / MILLIS_PER_SECOND;
    }

    private static @Nullable String problem(Resumption resumption) {
        return switch (resumption) {
            case EXACT -> null;
            case SEGMENT_GONE -> "the file of its cursor is gone: it goes on with the next one that there is";
            case SEGMENT_CHANGED ->
                "the file of its cursor is not the one it was: it begins that file again, and sends again what it had sent";
        };
    }

    /**
     * What is next for a forwarder.
     *
     * @param none whether there is nothing
     * @param timestamp of the next event; null if there is none, or its line does not say
     */
    private record Next(
            Resumption resumption, boolean none, @Nullable String timestamp) {}
}
