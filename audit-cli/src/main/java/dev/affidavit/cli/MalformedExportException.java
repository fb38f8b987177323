package dev.affidavit.cli;

import java.io.Serial;

/** An object holds no event that could be recognized: the message tells what it holds. */
final class MalformedExportException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    MalformedExportException(String message) {
        super(message);
    }
}
