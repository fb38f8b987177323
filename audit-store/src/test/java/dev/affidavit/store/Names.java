package dev.affidavit.store;

import java.nio.file.Path;

/** Names of files relative to the directory of a log. */
final class Names {
    private Names() {}

    static String of(Path directory, Path file) {
        return directory.relativize(file).toString();
    }

    /** Of the directory that holds the file; empty for that of the log. */
    static String parent(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    static boolean isSegment(String name) {
        return SegmentName.parse(name).isPresent();
    }
}
