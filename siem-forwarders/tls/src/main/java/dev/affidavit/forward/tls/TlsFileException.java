package dev.affidavit.forward.tls;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A file does not hold what it should; the message says which, what was expected and what to do. */
final class TlsFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    TlsFileException(String message) {
        super(message);
    }

    TlsFileException(String message, Throwable cause) {
        super(message, cause);
    }

    static TlsFileException unreadable(Path file, IOException cause) {
        return new TlsFileException("%s cannot be read: %s".formatted(file, cause), cause);
    }
}
