package dev.affidavit.spi;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;

/** The destination asks to be left alone for a while. The lines are sent again. */
public final class DestinationBusyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * Makes one.
     *
     * @param retryAfter how long the destination wants no further attempt, such as {@code Retry-After} of HTTP says; not
     *     negative
     */
    public DestinationBusyException(String message, Duration retryAfter) {
        super(message);
        if (retryAfter.isNegative()) {
            throw new IllegalArgumentException("retryAfter: expected a time to come, found " + retryAfter);
        }
        this.retryAfter = retryAfter;
    }

    /** The engine waits so long at least, within a limit of its own. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
