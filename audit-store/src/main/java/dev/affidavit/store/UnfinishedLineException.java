package dev.affidavit.store;

import java.io.IOException;
import java.io.Serial;

/** A failed write left part of a line that could not be cut off: nothing may be written behind it. */
final class UnfinishedLineException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnfinishedLineException(IOException cause) {
        super("the end of the file could not be cut back to its last finished line: " + cause.getMessage(), cause);
    }
}
