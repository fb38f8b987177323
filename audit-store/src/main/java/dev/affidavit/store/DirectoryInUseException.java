package dev.affidavit.store;

import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;

/** Another writer holds the directory and did not let go of it within the time allowed. */
public final class DirectoryInUseException extends StoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    DirectoryInUseException(Path directory, String owner, Duration waited) {
        super(
                "%s is in use by %s, still so after %s. A log has one writer: give this one a directory of its own, or stop the other."
                        .formatted(directory, owner, waited));
    }
}
