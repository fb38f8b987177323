package dev.affidavit.applications;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the build made of an application. */
final class Built {
    static final Path REPOSITORY = Path.of("..", "..");

    private static final Path APPLICATIONS = Path.of("..");

    private Built() {}

    /** A jar in the target folder of an application. */
    static Path jar(String application, String name) {
        Path jar = APPLICATIONS.resolve(application).resolve("target").resolve(name);
        if (!Files.exists(jar)) {
            throw new AssertionError(jar + " is not built; ./mvnw verify -Pmatrix builds it before this test");
        }
        return jar;
    }
}
