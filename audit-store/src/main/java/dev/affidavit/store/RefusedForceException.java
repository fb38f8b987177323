package dev.affidavit.store;

import java.io.IOException;
import java.io.Serial;
import java.util.List;

/** The device refused a force. */
final class RefusedForceException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Tail> unsafe;
    private final IOException reason;

    RefusedForceException(List<Tail> unsafe, IOException reason) {
        super(reason);
        this.unsafe = unsafe;
        this.reason = reason;
    }

    /** What the device said. */
    IOException reason() {
        return reason;
    }

    /** What may not be on the device, oldest first. */
    List<Tail> unsafe() {
        return unsafe;
    }
}
