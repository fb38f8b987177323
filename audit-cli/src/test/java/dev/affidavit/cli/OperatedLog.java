package dev.affidavit.cli;

import dev.affidavit.store.Cursors;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.Position;
import dev.affidavit.testkit.SampleLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A log that is being written, in small files, and what forwarders and operators leave in its directory. */
final class OperatedLog implements Closeable {
    private static final int SEGMENT_BYTES = 4096;

    private final Path directory;
    private final SampleLog log;

    private OperatedLog(Path directory, SampleLog log) {
        this.directory = directory;
        this.log = log;
    }

    static OperatedLog in(Path directory, int events) {
        SampleLog log = SampleLog.with(LogOptions.in(directory)
                .maxSegmentBytes(SEGMENT_BYTES)
                .diskReserveBytes(0)
                .build());
        log.appendEvents(0, events);
        return new OperatedLog(directory, log);
    }

    String id() {
        return log.id();
    }

    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    long bytes() throws IOException {
        long bytes = 0;
        for (Path segment : segments()) {
            bytes += Files.size(segment);
        }
        return bytes;
    }

    /** Lets a forwarder have delivered this many events. */
    Position deliver(String forwarder, int events) {
        try (LogReader reader = LogReader.fromOldest(directory)) {
            reader.read(events, Integer.MAX_VALUE);
            Position cursor = reader.position().orElseThrow();
            Cursors.of(directory).write(forwarder, cursor);
            return cursor;
        }
    }

    /** Puts a dead letter into a file of {@code .affidavit/dead-letters}, as docs/format.md describes it. */
    void refuse(String file, int event) throws IOException {
        Path folder = Files.createDirectories(own("dead-letters"));
        Files.writeString(
                folder.resolve(file), """
                {"time":"2026-11-21T17:04:11.250Z","forwarder":"soc","destination":"x","log_id":"%s",\
                "segment":"%s","offset":0,"event_id":null,"refusals":1,"reason":"no","line":"event %d"}
                """.formatted(id(), segments().get(0).getFileName(), event));
    }

    /** Puts a note there that the device refused a force of the oldest segment, as docs/format.md describes it. */
    Path poison() throws IOException {
        String body = """
                affidavit-poisoned 1
                segment %s
                good %d
                copy %s
                at 0
                """.formatted(
                        segments().get(0).getFileName(),
                        Files.size(segments().get(0)),
                        segments().get(1).getFileName());
        String check = HexFormat.of().formatHex(sha256(body));
        return Files.writeString(
                own("poisoned").resolve(segments().get(0).getFileName().toString()), body + "check " + check + "\n");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A part of what the log keeps about itself. */
    Path own(String name) {
        return directory.resolve(".affidavit").resolve(name);
    }

    @Override
    public void close() {
        log.close();
    }
}
