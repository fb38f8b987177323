package dev.affidavit.testkit.syslog;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads the frames of RFC 6587, section 3.4.1: {@code MSG-LEN SP SYSLOG-MSG}, and nothing between two. */
final class FrameReader implements MessageStream {
    /** More than any event; what is longer is a length that was never one. */
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private final InputStream in;

    FrameReader(InputStream in) {
        this.in = in;
    }

    @Override
    public byte @Nullable [] next() throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        require(c >= '1' && c <= '9', c);
        long length = 0;
        for (; c != ' '; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the stream ended within a MSG-LEN");
            }
            require(c >= '0' && c <= '9' && length <= MAX_BYTES, c);
            length = length * 10 + (c - '0');
        }
        byte[] frame = in.readNBytes((int) Math.min(length, MAX_BYTES));
        if (frame.length < length) {
            throw new EOFException("the stream ended within a message");
        }
        return frame;
    }

    @Override
    public void answer(@Nullable String refusal) {
        // There are no answers.
    }

    private static void require(boolean holds, int found) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "expected a MSG-LEN of at most %d and a space, found byte %d".formatted(MAX_BYTES, found));
        }
    }
}
