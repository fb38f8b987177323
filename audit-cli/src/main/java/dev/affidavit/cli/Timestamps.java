package dev.affidavit.cli;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.store.StoredLine;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the events of a log happened, as their lines say. */
final class Timestamps {
    private Timestamps() {}

    /** As it is written there; null if the line has none, as when it is not an event. */
    static @Nullable String of(StoredLine line) {
        String timestamp = new ForwardedLine(line.bytes()).timestamp();
        try {
            Instant.parse(timestamp == null ? "" : timestamp);
            return timestamp;
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
