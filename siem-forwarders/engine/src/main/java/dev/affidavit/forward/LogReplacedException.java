package dev.affidavit.forward;

import dev.affidavit.store.StoreException;
import java.io.Serial;

/** The directory holds another log than the forwarder was started for: its lines must not go out under the old name. */
final class LogReplacedException extends StoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    LogReplacedException(String message) {
        super(message);
    }
}
