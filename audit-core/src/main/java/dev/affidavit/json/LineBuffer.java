package dev.affidavit.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one line while it is written. Grows; is used again for the next line. Not thread-safe. */
final class LineBuffer {
    private static final int FIRST_BYTES = 1024;
    /** What the text of a long never exceeds: a sign and 19 digits. */
    private static final int NUMBER_BYTES = 20;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    void clear() {
        length = 0;
    }

    void cutTo(int shorter) {
        length = shorter;
    }

    void write(int b) {
        room(1)[length++] = (byte) b;
    }

    void write(byte[] more) {
        System.arraycopy(more, 0, room(more.length), length, more.length);
        length += more.length;
    }

    /** Overwrites what is written from {@code from} on. */
    void set(int from, byte[] other) {
        System.arraycopy(other, 0, bytes, from, other.length);
    }

    /** Makes room for {@code more} bytes from {@link #length()} on in the array returned; see {@link #advance}. */
    byte[] room(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
        return bytes;
    }

    /** Adds the next {@code by} bytes, which were put there after {@link #room}. */
    void advance(int by) {
        length += by;
    }

    void writeNumber(long number) {
        if (number == Long.MIN_VALUE) { // has no positive counterpart
            write(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        room(NUMBER_BYTES);
        if (number < 0) {
            bytes[length++] = '-';
        }
        long positive = Math.abs(number);
        writeDigits(positive, Digits.count(positive));
    }

    /** Writes the last {@code digits} decimal digits of a number that is not negative. */
    void writeDigits(long number, int digits) {
        room(digits);
        setDigits(length, number, digits);
        length += digits;
    }

    /** Overwrites {@code digits} bytes from {@code from} on with the last digits of a number that is not negative. */
    void setDigits(int from, long number, int digits) {
        Digits.set(bytes, from, number, digits);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
