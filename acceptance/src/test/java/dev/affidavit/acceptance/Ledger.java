package dev.affidavit.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The names of all events whose call returned, over all runs of an application: what it writes to its standard output,
 * added to a file by the kernel. An application that is killed takes none of it along.
 *
 * @param file created by the first run
 */
record Ledger(Path file) {
    /** So far; a name that is not yet written whole is none. */
    List<String> names() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
                            .filter(line -> EventName.PATTERN.matcher(line).matches())
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return names().size();
    }

    /** Grows with each name. */
    long bytes() {
        return file.toFile().length();
    }
}
