package dev.affidavit.cli;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where lines go: a file of our own, to the byte, or standard output, which is text. Not thread-safe. */
final class LineSink implements Closeable {
    /** So often it is seen that nobody reads any more. */
    private static final int LINES_BETWEEN_LOOKS = 1024;

    private final @Nullable OutputStream file;
    private final PrintWriter text;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private long lines;

    private LineSink(@Nullable OutputStream file, PrintWriter text) {
        this.file = file;
        this.text = text;
    }

    /** @param file that is made; null for standard output */
    static LineSink of(@Nullable Path file, PrintWriter standardOutput) throws IOException {
        OutputStream opened =
                file == null ? null : new BufferedOutputStream(Channels.newOutputStream(NewFile.create(file)));
        return new LineSink(opened, standardOutput);
    }

    /**
     * Writes a line and its end.
     *
     * @throws CharacterCodingException if it is none for standard output, and then nothing of it was written
     */
    void write(byte[] line) throws IOException {
        if (file != null) {
            file.write(line);
            file.write('\n');
            return;
        }
        text.append(decoder.decode(ByteBuffer.wrap(line))).append('\n');
        if (++lines % LINES_BETWEEN_LOOKS == 0 && text.checkError()) {
            throw new IOException("standard output cannot be written");
        }
    }

    @Override
    public void close() throws IOException {
        text.flush();
        if (file != null) {
            file.close();
        }
    }
}
