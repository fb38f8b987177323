package dev.affidavit.cli;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.SealOptions;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A sealed log of several files, as a writer leaves it that was closed, and what others keep of it. */
final class SealedLog {
    static final String ORIGIN = "example.com/audit";

    private static final int SEGMENT_BYTES = 4096;

    private final Path directory;

    private SealedLog(Path directory) {
        this.directory = directory;
    }

    static SealedLog in(Path directory, int events) {
        SealedLog log = new SealedLog(directory);
        log.append(0, events);
        return log;
    }

    /** Opens it once more, for these events. */
    void append(int from, int to) {
        try (SampleLog log = SampleLog.with(options().build())) {
            log.appendEvents(from, to);
        }
    }

    /** The same for a line of any text. */
    void append(String line) {
        try (SampleLog log = SampleLog.with(options().build())) {
            log.append(line);
        }
    }

    /** Lets retention remove all files but two, and adds an event. */
    void prune(int event) {
        try (SampleLog log = SampleLog.with(options().maxSegments(2).build())) {
            log.appendEvents(event, event + 1);
        }
    }

    private LogOptions.Builder options() {
        return LogOptions.in(directory)
                .maxSegmentBytes(SEGMENT_BYTES)
                .diskReserveBytes(0)
                .seal(SealOptions.of(ORIGIN));
    }

    Path directory() {
        return directory;
    }

    List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** The newest. */
    String checkpoint() throws IOException, MalformedSealException {
        List<String> checkpoints = new ArrayList<>();
        for (Path file : files(".seal")) {
            try (SealReader seal = SealReader.of(Files.newInputStream(file))) {
                for (SignedStatement next = seal.next(); next != null; next = seal.next()) {
                    if (next.statement() instanceof Checkpoint) {
                        checkpoints.add(next.note().toString());
                    }
                }
            }
        }
        return checkpoints.get(checkpoints.size() - 1);
    }

    /** Changes a letter of a line of the oldest file. */
    void damage() throws IOException {
        Path oldest = files(".log").get(0);
        byte[] bytes = Files.readAllBytes(oldest);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("WARNING")] = 'w';
        Files.write(oldest, bytes);
    }

    void copyTo(Path copy) throws IOException {
        copy(directory, copy);
    }

    /** Puts a copy of an earlier moment in its place. */
    void putBack(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
        copy(copy, directory);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
