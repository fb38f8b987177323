package dev.affidavit.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a log, by their names. */
record CrashImage(Map<String, Content> files) {
    /** Neither holds anything that a crash could change. */
    private static final List<String> LOCKS = List.of(".affidavit/lock");

    /** Of a log that may be open: what it renames or removes meanwhile is there or not. */
    static CrashImage of(Path directory) throws IOException {
        Map<String, Content> files = new TreeMap<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = Names.of(directory, file);
                if (attributes.isRegularFile() && !LOCKS.contains(name)) {
                    try {
                        Instant modified = attributes.lastModifiedTime().toInstant();
                        files.put(name, new Content(Files.readAllBytes(file), modified));
                    } catch (NoSuchFileException gone) {
                        // Since it was listed.
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException && !file.equals(directory)) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return new CrashImage(files);
    }

    void writeTo(Path directory) throws IOException {
        for (String own : List.of("cursors", "torn", "poisoned", "holds", "seal")) {
            Files.createDirectories(directory.resolve(".affidavit").resolve(own));
        }
        for (Map.Entry<String, Content> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.write(path, file.getValue().bytes);
            Files.setPosixFilePermissions(path, PrivateFiles.OWNER_ONLY);
            Files.setLastModifiedTime(path, FileTime.from(file.getValue().modified));
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is left of it without seals and the keys that they are made with. */
    CrashImage withoutSeals() {
        Map<String, Content> others = new TreeMap<>(files);
        others.keySet()
                .removeIf(name ->
                        name.endsWith(".seal") || name.endsWith(".seal.tmp") || name.startsWith(".affidavit/seal/"));
        return new CrashImage(others);
    }

    /** The names of the segments, oldest first. */
    List<String> segments() {
        return files.keySet().stream().filter(Names::isSegment).toList();
    }

    /** Of a file that is there. */
    byte[] bytes(String name) {
        return Objects.requireNonNull(files.get(name), name).bytes;
    }

    /** The content of a file. Two are the same if their bytes are. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its bytes
    record Content(byte[] bytes, Instant modified) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Content content && Arrays.equals(bytes, content.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
