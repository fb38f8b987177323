package dev.affidavit.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the finished lines of a segment that nobody writes to, for a tree over them. Not thread-safe. */
final class SegmentLines implements Closeable {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Path file;
    private final InputStream in;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    /** How many bytes were read from the file, and not beyond what is to be read of it. */
    private long read;

    private final long limit;

    private SegmentLines(Path file, InputStream in, long limit) {
        this.file = file;
        this.in = in;
        this.limit = limit;
    }

    static SegmentLines open(Path file) throws IOException {
        return open(file, Long.MAX_VALUE);
    }

    /** Of the first {@code limit} bytes alone. */
    static SegmentLines open(Path file, long limit) throws IOException {
        return new SegmentLines(file, PrivateFiles.reading(file), limit);
    }

    /** How many bytes the lines have that were added, with their {@code \n}. */
    long position() {
        return read - (end - start);
    }

    /** Adds lines to the tree until it has {@code size}, or there are no more. Tells whether it has. */
    boolean addTo(LineTree tree, long size) throws IOException {
        boolean more = true;
        while (more && tree.size() < size) {
            int newline = newline();
            more = newline >= 0;
            if (more) {
                tree.lineStored(buffer, start, newline - start);
                start = newline + 1;
            }
        }
        return tree.size() == size;
    }

    private int newline() throws IOException {
        int looked = start;
        while (true) {
            for (int i = looked; i < end; i++) {
                if (buffer[i] == '\n') {
                    return i;
                }
            }
            looked = end - start;
            if (!readMore()) {
                return -1;
            }
        }
    }

    /** Moves what is left to the head of the buffer and reads on behind it. */
    private boolean readMore() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (end == buffer.length) {
            if (end > LogWriter.MAX_LINE_BYTES) {
                throw new DamagedException("%s: a line is longer than the %d bytes that one can have"
                        .formatted(file, LogWriter.MAX_LINE_BYTES));
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int some = in.read(buffer, end, (int) Math.min(buffer.length - end, limit - read));
        end += Math.max(some, 0);
        read += Math.max(some, 0);
        return some > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
