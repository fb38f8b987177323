package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What stands in the directory of a log, read with nothing of the store. */
final class LogFiles {
    private LogFiles() {}

    /** Every file of the directory itself but seals, finished or not, sorted as text. */
    static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".seal") && !name.endsWith(".seal.tmp"))
                    .sorted()
                    .toList();
        }
    }

    static Path only(Path directory) throws IOException {
        assertThat(names(directory)).hasSize(1);
        return directory.resolve(names(directory).get(0));
    }

    static Path last(Path directory) throws IOException {
        List<String> names = names(directory);
        return directory.resolve(names.get(names.size() - 1));
    }

    /** The lines of all files, in the order of their names; no file may end within a line. */
    static List<String> lines(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : names(directory)) {
            lines.addAll(linesOf(directory.resolve(name)));
        }
        return lines;
    }

    static List<String> linesOf(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return List.of();
        }
        assertThat(text).as("%s ends with a finished line", file).endsWith("\n");
        return List.of(text.substring(0, text.length() - 1).split("\n", -1));
    }

    static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    /** All lines of the log, as a reader gives them. */
    static List<String> read(Path directory) {
        try (LogReader reader = LogReader.fromOldest(directory)) {
            return texts(reader.read(Integer.MAX_VALUE, Integer.MAX_VALUE));
        }
    }

    static List<String> texts(List<StoredLine> lines) {
        return lines.stream().map(LogFiles::text).toList();
    }

    static String text(StoredLine line) {
        return new String(line.bytes(), StandardCharsets.UTF_8);
    }
}
