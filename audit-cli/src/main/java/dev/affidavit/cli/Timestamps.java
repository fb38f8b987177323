package dev.affidavit.cli;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.UndecryptableLineException;
import dev.affidavit.store.StoredLine;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the events of a log happened, as their lines say. Not thread-safe. */
final class Timestamps {
    private final Decrypter decrypter;
    private final Looks looks;
    private boolean lackKey;

    /**
     * Of lines that this opens.
     *
     * @param looks is told of those that it does not, unless it has no keys at all
     */
    Timestamps(Decrypter decrypter, Looks looks) {
        this.decrypter = decrypter;
        this.looks = looks;
    }

    /** As it is written there; null if the line has none, as when it is not an event or cannot be decrypted. */
    @Nullable
    String of(StoredLine line) {
        try {
            String timestamp = new ForwardedLine(decrypter.decrypt(line)).timestamp();
            Instant.parse(timestamp == null ? "" : timestamp);
            return timestamp;
        } catch (DateTimeException notATime) {
            return null;
        } catch (UndecryptableLineException e) {
            if (decrypter == Decrypter.WITHOUT_KEYS) {
                lackKey = true;
            } else {
                looks.add(e);
            }
            return null;
        }
    }

    /** Whether there was one that only a key tells. */
    boolean lackKey() {
        return lackKey;
    }
}
