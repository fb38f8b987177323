package dev.affidavit.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the sources of the product are. */
final class Repository {
    static final Path ROOT = root();

    private Repository() {}

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = Objects.requireNonNull(at.getParent(), "no directory above this one holds mvnw");
        }
        return at;
    }
}
