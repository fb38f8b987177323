package dev.affidavit.spi;

import java.io.IOException;
import java.io.Serial;

/**
 * The destination takes no batch of this size, and has none of its lines. The engine sends it in halves; a line that is
 * too large by itself goes to the dead letters.
 */
public final class BatchTooLargeException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public BatchTooLargeException(String message) {
        super(message);
    }
}
