package dev.affidavit.acceptance;

import dev.affidavit.testkit.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * {@link FaultApplication} made ready to be started a thousand times: with an archive of its loaded classes, which wants jars,
 * and with the library that makes one of its system calls fail.
 */
record FaultProgram(List<Path> classPath, Path archive, Path injector) {
    private static final String SOURCE = "faults.c";
    private static final String SERVICES = "META-INF/services/dev.affidavit.spi.DestinationProvider";

    /** @param directory for what it needs */
    static FaultProgram build(Path directory) throws IOException, InterruptedException {
        return new FaultProgram(
                classPath(Files.createDirectory(directory.resolve("jars"))),
                directory.resolve("classes.jsa"),
                injector(directory));
    }

    /** The first child that ends in order leaves the archive. */
    ChildJvm.Builder start() {
        return ChildJvm.of(FaultApplication.class.getName(), classPath.toArray(Path[]::new))
                .option(
                        Files.exists(archive)
                                ? "-XX:SharedArchiveFile=" + archive
                                : "-XX:ArchiveClassesAtExit=" + archive)
                .option("-Xshare:auto")
                .option("-Xlog:disable");
    }

    private static List<Path> classPath(Path directory) throws IOException {
        Path services = Files.createDirectories(
                directory.resolve("services").resolve(SERVICES).getParent());
        Files.writeString(services.resolve(Path.of(SERVICES).getFileName()), NotebookProvider.class.getName() + "\n");
        List<Path> jars = new ArrayList<>(List.of(jar(directory.resolve("services"), directory.resolve("0.jar"))));
        for (String name : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path entry = Path.of(name);
            if (name.contains("logback") || !Files.exists(entry)) {
                continue;
            }
            jars.add(Files.isDirectory(entry) ? jar(entry, directory.resolve(jars.size() + ".jar")) : entry);
        }
        return jars;
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                Files.copy(each, out);
            }
        }
        return jar;
    }

    private static Path injector(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve(SOURCE);
        Path library = directory.resolve("faults.so");
        try (InputStream in = FaultProgram.class.getResourceAsStream(SOURCE)) {
            Files.copy(in, source);
        }
        Process gcc = new ProcessBuilder(
                        "gcc",
                        "-shared",
                        "-fPIC",
                        "-O1",
                        "-Wall",
                        "-Werror",
                        "-o",
                        library.toString(),
                        source.toString(),
                        "-ldl")
                .redirectErrorStream(true)
                .start();
        gcc.getOutputStream().close();
        String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (gcc.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return library;
    }
}
