package dev.affidavit.json;

import java.util.Arrays;

/** The bytes of one line while it is written. Grows; is used again for the next line. Not thread-safe. */
final class LineBuffer {
    private static final int FIRST_BYTES = 1024;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    void clear() {
        length = 0;
    }

    void cutTo(int shorter) {
        length = shorter;
    }

    void write(int b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        bytes[length++] = (byte) b;
    }

    void write(byte[] more) {
        if (length + more.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more.length));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /** Writes the last {@code digits} decimal digits of a number that is not negative. */
    void writeDigits(long number, int digits) {
        int from = length;
        for (int i = 0; i < digits; i++) {
            write('0');
        }
        setDigits(from, number, digits);
    }

    /** Overwrites {@code digits} bytes from {@code from} on with the last digits of a number that is not negative. */
    void setDigits(int from, long number, int digits) {
        long rest = number;
        for (int i = from + digits - 1; i >= from; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }
}
