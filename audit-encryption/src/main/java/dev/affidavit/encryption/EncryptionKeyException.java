package dev.affidavit.encryption;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A key cannot be had, or not be used. The message names it, what was expected, what was found and what to do; never the key. */
public final class EncryptionKeyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    EncryptionKeyException(String message) {
        super(message);
    }

    EncryptionKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
