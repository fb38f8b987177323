package dev.affidavit.fuzzing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories for a run, gone when it ends: in memory, where there is a place, since a log waits for its device. */
final class Scratch {
    static final String LOG_ID = "0123456789abcdef0123456789abcdef\n";

    private static final Path MEMORY = Path.of("/dev/shm");

    private Scratch() {}

    static Path directory(String name) {
        try {
            Path directory = Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "fuzzing-" + name)
                    : Files.createTempDirectory("fuzzing-" + name);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory), "fuzzing-scratch"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory of a log without segments. */
    static Path log(String name) {
        Path directory = directory(name);
        try {
            Path own = directory.resolve(".affidavit");
            Files.createDirectories(own.resolve("cursors"));
            Files.writeString(own.resolve("log-id"), LOG_ID);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the file, or the directory with all that is in it; nothing if it is not there. */
    static void remove(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try (Stream<Path> all = Files.walk(file)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
