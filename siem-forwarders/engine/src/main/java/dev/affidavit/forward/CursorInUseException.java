package dev.affidavit.forward;

import java.io.IOException;
import java.io.Serial;

/** Another forwarder holds the cursor; two of them would deliver everything twice and lose their place. */
final class CursorInUseException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    CursorInUseException(String message) {
        super(message);
    }
}
