package dev.affidavit.forward;

import java.io.IOException;
import java.io.Serial;

/**
 * A delivery of lines that are encrypted in the log failed, in words that may quote them. This one's own words do not; the
 * failure is no cause of it, which frameworks would print.
 */
final class QuotingException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Throwable failure;

    QuotingException(String message, Throwable failure) {
        super(message);
        this.failure = failure;
    }

    /** What the destination threw. It is not to be told. */
    Throwable failure() {
        return failure;
    }
}
