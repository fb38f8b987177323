package dev.affidavit.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine. */
public final class Program {
    /** Where daemons are; the path of an ordinary user may leave these out. */
    private static final List<String> DAEMONS = List.of("/usr/sbin", "/sbin");

    /** Debian keeps the programs of each version of PostgreSQL by themselves, and in no path. */
    private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

    private Program() {}

    /** The executable of this name; empty if it is not installed. */
    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(Arrays.stream(path.split(File.pathSeparator)), DAEMONS.stream(), postgresql())
                .flatMap(directories -> directories)
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The newest first. */
    private static Stream<String> postgresql() {
        String[] versions = POSTGRESQL.toFile().list();
        return versions == null
                ? Stream.empty()
                : Arrays.stream(versions)
                        .sorted(Comparator.comparingInt(String::length)
                                .thenComparing(Comparator.naturalOrder())
                                .reversed())
                        .map(version ->
                                POSTGRESQL.resolve(version).resolve("bin").toString());
    }
}
