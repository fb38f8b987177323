package dev.affidavit.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a log, as anybody reads them. */
final class LogFiles {
    private LogFiles() {}

    /** All files of the log, one behind the other. */
    static String content(Path directory) throws IOException {
        StringBuilder content = new StringBuilder();
        for (Path file : in(directory)) {
            content.append(Files.readString(file, StandardCharsets.UTF_8));
        }
        return content.toString();
    }

    static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }
}
