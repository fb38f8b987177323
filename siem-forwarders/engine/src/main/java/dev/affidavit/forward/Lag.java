package dev.affidavit.forward;

import dev.affidavit.store.LogExtent;
import dev.affidavit.store.Position;
import dev.affidavit.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How far a forwarder is behind its log. Thread-safe. */
final class Lag {
    private static final long UNKNOWN = -1;

    private final Path directory;
    private final HeldCursor cursor;
    private final Outbox outbox;
    private final InstantSource clock;

    Lag(Path directory, HeldCursor cursor, Outbox outbox, InstantSource clock) {
        this.directory = directory;
        this.cursor = cursor;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Looks at the directory. */
    long bytes() {
        Position place = cursor.place();
        try {
            return place == null ? UNKNOWN : LogExtent.of(directory).bytesBehind(place);
        } catch (StoreException e) {
            return UNKNOWN;
        }
    }

    @Nullable
    Duration age() {
        Instant oldest = outbox.oldest();
        if (oldest == null) {
            return null;
        }
        Duration age = Duration.between(oldest, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
