package dev.affidavit.forward;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a file of dead letters, one at a time. What a crash left unfinished at its end was never acknowledged, and is no letter. */
final class DeadLetterReader implements Closeable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private long line;

    DeadLetterReader(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER_BYTES);
    }

    /**
     * The next letter; empty behind the last.
     *
     * @throws UnreadableLetterException if the line is no letter; the next call goes on behind it
     */
    Optional<DeadLetter> next() throws IOException {
        byte[] text = nextLine();
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(DeadLetterText.read(text));
        } catch (IOException e) {
            throw new UnreadableLetterException("line %d: %s".formatted(line, e.getMessage()), e);
        }
    }

    /** Passes over all lines that are left, letters or not; returns how many. */
    long skipAll() throws IOException {
        long lines = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }

    private byte @Nullable [] nextLine() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream(1024);
        long length = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                line++;
                if (length > DeadLetterText.MAX_BYTES) {
                    throw new UnreadableLetterException(
                            "line %d: longer than %d bytes".formatted(line, DeadLetterText.MAX_BYTES), null);
                }
                return text.toByteArray();
            }
            if (++length <= DeadLetterText.MAX_BYTES) {
                text.write(b);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** A line that is no dead letter: somebody else wrote to the file. */
    static final class UnreadableLetterException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableLetterException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
