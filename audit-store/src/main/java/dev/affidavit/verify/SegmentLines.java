package dev.affidavit.verify;

import dev.affidavit.seal.TreeRange;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a file into a tree, one after the other, in the memory of a buffer whatever their length. Not thread-safe.
 */
final class SegmentLines implements Closeable {
    private static final int BUFFER_BYTES = 256 * 1024;
    /** Of a line, to find its id: that has 35 characters. */
    private static final int BEGINNING_BYTES = 128;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long LINE_ENDS = EACH_BYTE * '\n';
    private static final long HIGH_BITS = EACH_BYTE << 7;

    private final InputStream in;
    private final LongConsumer read;
    private final long counts;
    private long left;

    /** A leaf is the hash of a 0 and the line: the 0 is written over the byte before the line, so that both are one piece. */
    private final byte[] buffer = new byte[1 + BUFFER_BYTES];

    private int at = 1;
    private int end = 1;
    /** Where the line read last begins in the file. */
    private long offset;

    private byte[] beginning = {};
    private @Nullable ByteArrayOutputStream line;
    private boolean keepsBeginnings;
    private boolean looksForNul;
    private boolean nul;
    private @Nullable TreeRange beforeNuls;
    private long unfinished;

    private SegmentLines(InputStream in, long counts, LongConsumer read) {
        this.in = in;
        this.counts = counts;
        this.left = counts;
        this.read = read;
    }

    /**
     * @param counts how many bytes of the file count
     * @param read is told how many bytes more were read
     */
    static SegmentLines of(InputStream in, long counts, LongConsumer read) {
        return new SegmentLines(in, counts, read);
    }

    /** From now on keeps the beginning of each line. */
    void keepBeginnings() {
        keepsBeginnings = true;
    }

    /** Whether from now on each line is kept as a whole. */
    void keepLines(boolean keep) {
        line = keep ? new ByteArrayOutputStream() : null;
    }

    /** From now on tells lines with a NUL in them. */
    void lookForNul() {
        looksForNul = true;
    }

    /** Adds the next line to the tree; false if there is none. */
    boolean readLine(GrowingTree tree) throws IOException {
        boolean begun = false;
        int searched = at;
        nul = false;
        offset = counts - left - (end - at);
        if (line != null) {
            line.reset();
        }
        while (true) {
            int lineEnd = lineEnd(searched);
            if (lineEnd < end) {
                part(tree, lineEnd, begun);
                at = lineEnd + 1;
                if (!nul) {
                    beforeNuls = null;
                } else if (beforeNuls == null) {
                    beforeNuls = tree.range();
                }
                tree.endLeaf();
                return true;
            }
            searched = end;
            if (end == buffer.length) {
                if (at > 1) {
                    searched -= at - 1;
                    toFront();
                } else {
                    part(tree, end, begun);
                    unfinished += end - at;
                    begun = true;
                    at = 1;
                    end = 1;
                    searched = 1;
                }
            }
            if (!fill()) {
                unfinished += end - at;
                tree.abandonLeaf();
                return false;
            }
        }
    }

    /** How many bytes stand behind the last line; right once there is no line more. */
    long unfinished() {
        return unfinished;
    }

    /** The tree before the lines with a NUL that nothing but such lines follows: these do not count. Null if there are none. */
    @Nullable
    TreeRange beforeNuls() {
        return beforeNuls;
    }

    /** Where the line read last begins in the file. */
    long offset() {
        return offset;
    }

    /** The line read last, without its {@code \n}; empty if lines are not kept. */
    byte[] line() {
        return line == null ? new byte[0] : line.toByteArray();
    }

    /** How the line read last begins. */
    byte[] beginning() {
        return beginning;
    }

    private void part(GrowingTree tree, int to, boolean begun) {
        if (line != null) {
            line.write(buffer, at, to - at);
        }
        if (keepsBeginnings && !begun) {
            beginning = Arrays.copyOfRange(buffer, at, Math.min(to, at + BEGINNING_BYTES));
        }
        for (int i = at; looksForNul && !nul && i < to; i++) {
            nul = buffer[i] == 0;
        }
        if (begun) {
            tree.part(buffer, at, to - at);
        } else {
            buffer[at - 1] = 0;
            tree.part(buffer, at - 1, to - at + 1);
        }
    }

    private void toFront() {
        System.arraycopy(buffer, at, buffer, 1, end - at);
        end -= at - 1;
        at = 1;
    }

    private boolean fill() throws IOException {
        int room = (int) Math.min(left, buffer.length - end);
        int more = room == 0 ? -1 : in.read(buffer, end, room);
        if (more < 0) {
            return false;
        }
        end += more;
        left -= more;
        read.accept(more);
        return true;
    }

    /** Where the next {@code \n} is; the end of what is there if there is none. Eight bytes at a time. */
    private int lineEnd(int from) {
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long zeros = (long) LONGS.get(buffer, i) ^ LINE_ENDS;
            long found = (zeros - EACH_BYTE) & ~zeros & HIGH_BITS;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < end && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
