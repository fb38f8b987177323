package dev.affidavit.encryption;

import dev.affidavit.spi.UndecryptableLineException;
import dev.affidavit.store.StoredLine;
import java.io.Serial;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log cannot be decrypted. The message names its segment and offset, the {@code kid} if that could be read,
 * what was expected, what was found and what to do. Nothing of the line's plaintext or of a key is in it.
 */
public final class LineDecryptionException extends UndecryptableLineException {
    /** Why. */
    public enum Reason {
        /** It is no JWE in the form that lines are encrypted in: damaged, cut off, or not written by us. */
        MALFORMED,
        /** The key ring has no key of this id. */
        UNKNOWN_KEY,
        /** The key of this id did not encrypt the content key; or the part of the line that holds it is damaged. */
        WRONG_KEY,
        /** The key cannot be used now, such as one in a service that does not answer. */
        KEY_UNAVAILABLE,
        /** It has the form, but not the bytes that were encrypted under this key. */
        DAMAGED,
        /** It is whole, but was encrypted for another log or segment. */
        MOVED
    }

    private static final Set<Reason> OF_KEYS = EnumSet.of(Reason.UNKNOWN_KEY, Reason.WRONG_KEY, Reason.KEY_UNAVAILABLE);

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String segment;
    private final long offset;
    private final @Nullable String keyId;

    LineDecryptionException(
            Reason reason, StoredLine line, @Nullable String keyId, String problem, @Nullable Throwable cause) {
        super(line, keyId, OF_KEYS.contains(reason), problem, cause);
        this.reason = reason;
        this.segment = line.segment();
        this.offset = line.offset();
        this.keyId = keyId;
    }

    public Reason reason() {
        return reason;
    }

    /** The segment in which the line stands. */
    public String segment() {
        return segment;
    }

    /** Where in the segment it begins. */
    public long offset() {
        return offset;
    }

    /** The id of the key that the line names; null if its header cannot be read. */
    public @Nullable String keyId() {
        return keyId;
    }
}
