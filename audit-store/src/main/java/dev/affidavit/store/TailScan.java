package dev.affidavit.store;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The end of a segment, read backwards.
 *
 * @param intact how many bytes from the start of the file are finished lines
 * @param lastLine the last finished line without its {@code \n}; null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TailScan(long intact, byte @Nullable [] lastLine) {
    private static final int FIRST_WINDOW = 64 * 1024;

    /**
     * A line is finished if it ends with {@code \n} and holds no NUL, which a power cut can leave in place of data that
     * never reached the device.
     */
    static TailScan of(StoredBytes file, String name) throws IOException {
        long end = file.length();
        for (int window = FIRST_WINDOW; ; window *= 2) {
            int size = (int) Math.min(window, end);
            byte[] tail = new byte[size];
            file.read(end - size, tail);
            TailScan found = in(tail, end - size);
            if (found != null) {
                return found;
            }
            if (size > LogWriter.MAX_LINE_BYTES) {
                throw new DamagedException(
                        "%s: no finished line in its last %d bytes. Nothing was changed; look at it, and move it away to begin anew."
                                .formatted(name, size));
            }
        }
    }

    /** The last finished line that lies wholly in {@code tail}; null if one may begin before it. */
    private static @Nullable TailScan in(byte[] tail, long tailOffset) {
        int end = lastNewline(tail, tail.length);
        while (end >= 0) {
            int before = lastNewline(tail, end);
            if (before < 0 && tailOffset > 0) {
                return null;
            }
            if (!hasNul(tail, before + 1, end)) {
                return new TailScan(tailOffset + end + 1, Arrays.copyOfRange(tail, before + 1, end));
            }
            end = before;
        }
        return tailOffset > 0 ? null : new TailScan(0, null);
    }

    private static int lastNewline(byte[] bytes, int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    static boolean hasNul(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
