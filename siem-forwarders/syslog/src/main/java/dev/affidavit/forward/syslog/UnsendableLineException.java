package dev.affidavit.forward.syslog;

import java.io.Serial;

/** There is no message that could carry the line. */
final class UnsendableLineException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    UnsendableLineException(String reason) {
        super(reason, null, false, false);
    }

    /** For the dead letter. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
