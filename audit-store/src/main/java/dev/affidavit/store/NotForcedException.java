package dev.affidavit.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The line is in the log, and not known to be on the device: a power cut may take it. */
public final class NotForcedException extends StoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotForcedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
