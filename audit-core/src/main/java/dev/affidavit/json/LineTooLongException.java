package dev.affidavit.json;

import java.io.Serial;

/** Ends the writing of a line that is longer than it may be, however much of the event is left. */
final class LineTooLongException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Without a stack trace: it is caught a few calls above, always. */
    LineTooLongException() {
        super("line too long", null, false, false);
    }
}
