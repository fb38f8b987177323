package dev.affidavit;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An event was not recorded; the message says why, and what to do. */
public final class AuditException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public AuditException(String message) {
        super(message);
    }

    public AuditException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
