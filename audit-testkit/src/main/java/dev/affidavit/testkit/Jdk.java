package dev.affidavit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** JDKs of this machine. */
public final class Jdk {
    /** Where Linux distributions put them, each with its version between hyphens in its name. */
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private Jdk() {}

    /** The home of this JVM's, if it is of that version or of a later one; else of one of that version that is installed. */
    public static Optional<Path> find(int version) {
        if (Runtime.version().feature() >= version) {
            return Optional.of(Path.of(System.getProperty("java.home")));
        }
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> installed = Files.list(INSTALLED)) {
            return installed
                    .filter(home -> home.getFileName().toString().contains("-" + version + "-"))
                    .filter(home -> Files.isExecutable(home.resolve("bin").resolve("java")))
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
