package dev.affidavit.forward.syslog;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds a short text of ASCII, as bytes. Every message has two: strings for them would cost more than all else that is done
 * for it. Not thread-safe.
 */
final class AsciiText {
    private byte[] bytes;
    private int length;

    AsciiText(int expectedLength) {
        this.bytes = new byte[expectedLength];
    }

    /** @param text of ASCII */
    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @CanIgnoreReturnValue
    AsciiText add(byte[] ascii) {
        reserve(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
        return this;
    }

    @CanIgnoreReturnValue
    AsciiText add(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** @param number not negative */
    @CanIgnoreReturnValue
    AsciiText add(int number) {
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        reserve(digits);
        int rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** At most so many characters; those before {@code least}, and those that are not printable ASCII, are {@code _}. */
    @CanIgnoreReturnValue
    AsciiText add(String text, char least, int maxLength) {
        int count = Math.min(text.length(), maxLength);
        reserve(count);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            bytes[length++] = (byte) (c >= least && c <= '~' ? c : '_');
        }
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
        }
    }
}
