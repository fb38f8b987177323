package dev.affidavit.store;

import java.io.Serial;

/** A file of the log is not what the store left there. Nothing was changed; a person must look at it. */
public final class DamagedException extends StoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
        super(message);
    }
}
