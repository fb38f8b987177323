package dev.affidavit.verify;

import java.io.IOException;
import java.nio.file.Path;

/** A file is gone, or another, since the files of the log were looked up: a writer goes on and removes what retention lets go. */
final class FilesMovedException extends IOException {
    private static final long serialVersionUID = 1;

    FilesMovedException(Path file) {
        super(file + " was there and is gone, or has become something else: is the log being moved or removed?");
    }
}
