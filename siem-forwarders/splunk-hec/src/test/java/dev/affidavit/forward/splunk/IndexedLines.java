package dev.affidavit.forward.splunk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a file to which another process adds; each is read once. Thread-safe. */
final class IndexedLines {
    private final Path file;
    private final List<String> lines = new ArrayList<>();
    private long read;

    IndexedLines(Path file) {
        this.file = file;
    }

    synchronized List<String> all() {
        readOn();
        return List.copyOf(lines);
    }

    synchronized int count() {
        readOn();
        return lines.size();
    }

    private void readOn() {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] more = new byte[Math.toIntExact(in.length() - read)];
            in.seek(read);
            in.readFully(more);
            int from = 0;
            for (int i = 0; i < more.length; i++) {
                if (more[i] == '\n') {
                    lines.add(new String(more, from, i - from, StandardCharsets.UTF_8));
                    from = i + 1;
                }
            }
            read += from;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
