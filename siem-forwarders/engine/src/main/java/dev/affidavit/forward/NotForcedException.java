package dev.affidavit.forward;

import java.io.Serial;

/** The device refused a force of what was read. Never tried again: a second force that succeeds proves nothing. */
final class NotForcedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotForcedException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
