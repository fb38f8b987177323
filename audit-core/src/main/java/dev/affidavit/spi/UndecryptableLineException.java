package dev.affidavit.spi;

import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log cannot be decrypted. The message names its segment and offset, the {@code kid} if that could be read, what
 * was expected, what was found and what to do; nothing of the line's plaintext or of a key is in it.
 */
public class UndecryptableLineException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean ofKeys;

    /**
     * For a line.
     *
     * @param keyId what its header says; null if that cannot be read
     * @param ofKeys see {@link #isOfKeys}
     */
    public UndecryptableLineException(
            StoredLine line, @Nullable String keyId, boolean ofKeys, String problem, @Nullable Throwable cause) {
        super(
                "%s, line at byte %d, %s: %s"
                        .formatted(
                                line.segment(), line.offset(), keyId == null ? "kid unknown" : "kid " + keyId, problem),
                cause);
        this.ofKeys = ofKeys;
    }

    static UndecryptableLineException withoutKey(StoredLine line) {
        return new UndecryptableLineException(
                line,
                null,
                true,
                "expected a key for it, found none. It is encrypted: configure its key, or have encrypted lines carried as they are",
                null);
    }

    /** Whether other keys may help: the one of this line is missing, wrong or cannot be used now. If not, the line is damaged or was moved. */
    public boolean isOfKeys() {
        return ofKeys;
    }
}
