package dev.affidavit.store;

import java.io.Serial;
import java.nio.file.Path;

/** The writer was closed before the line was written. */
public final class LogClosedException extends StoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    LogClosedException(Path directory) {
        super("%s: the log is closed".formatted(directory));
    }
}
