package dev.affidavit.benchmarks.forwarding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Counts the lines of a file that grows, reading each byte once. Not thread-safe. */
final class GrowingLines {
    private final Path file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private long offset;
    private long lines;

    GrowingLines(Path file) {
        this.file = file;
    }

    /** So far; none if there is no file yet. */
    long count() {
        if (!Files.exists(file)) {
            return 0;
        }
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int read = in.read(buffer.clear(), offset); read > 0; read = in.read(buffer.clear(), offset)) {
                offset += read;
                buffer.flip();
                while (buffer.hasRemaining()) {
                    lines += buffer.get() == '\n' ? 1 : 0;
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
