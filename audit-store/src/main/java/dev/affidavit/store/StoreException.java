package dev.affidavit.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The log could not do what was asked; the message names the file, what was expected and what to do. */
public class StoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
