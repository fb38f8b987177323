package dev.affidavit.encryption;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Base64 with the URL's alphabet and without padding (RFC 7515, section 2), from array to array: the JDK's takes whole
 * arrays alone, and reads more than one text as the same bytes.
 */
final class Base64Url {
    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();

    private Base64Url() {}

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = (byte) i;
        }
        return values;
    }

    /** How many characters this many bytes become. */
    static long encodedLength(long bytes) {
        return (4 * bytes + 2) / 3;
    }

    /** Writes the text of {@code length} bytes at {@code from}; returns the index behind it. */
    static int encode(byte[] bytes, int from, int length, byte[] into, int at) {
        int in = from;
        int out = at;
        for (int groups = length / 3; groups > 0; groups--) {
            int bits = (bytes[in] & 0xff) << 16 | (bytes[in + 1] & 0xff) << 8 | (bytes[in + 2] & 0xff);
            into[out] = DIGITS[bits >>> 18];
            into[out + 1] = DIGITS[(bits >>> 12) & 0x3f];
            into[out + 2] = DIGITS[(bits >>> 6) & 0x3f];
            into[out + 3] = DIGITS[bits & 0x3f];
            in += 3;
            out += 4;
        }
        int left = from + length - in;
        if (left > 0) {
            int bits = (bytes[in] & 0xff) << 8 | (left == 2 ? bytes[in + 1] & 0xff : 0);
            into[out++] = DIGITS[bits >>> 10];
            into[out++] = DIGITS[(bits >>> 4) & 0x3f];
            if (left == 2) {
                into[out++] = DIGITS[(bits << 2) & 0x3f];
            }
        }
        return out;
    }

    static String encode(byte[] bytes) {
        byte[] text = new byte[Math.toIntExact(encodedLength(bytes.length))];
        encode(bytes, 0, bytes.length, text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** How many bytes a text of this many characters stands for. */
    static int decodedLength(int characters) {
        return (int) (3L * characters / 4);
    }

    /**
     * Reads {@code length} characters at {@code from}, and writes their bytes.
     *
     * @return whether it is the one text that those bytes are written as; if not, what was written means nothing
     */
    static boolean decode(byte[] text, int from, int length, byte[] into, int at) {
        int in = from;
        int out = at;
        int wrong = 0; // the sign bit of anything that is no digit
        for (int groups = length / 4; groups > 0; groups--) {
            int bits =
                    value(text[in]) << 18 | value(text[in + 1]) << 12 | value(text[in + 2]) << 6 | value(text[in + 3]);
            wrong |= bits;
            into[out] = (byte) (bits >> 16);
            into[out + 1] = (byte) (bits >> 8);
            into[out + 2] = (byte) bits;
            in += 4;
            out += 3;
        }
        switch (from + length - in) {
            case 0 -> {}
            case 2 -> {
                int bits = value(text[in]) << 6 | value(text[in + 1]);
                wrong |= bits | -(bits & 0xf);
                into[out] = (byte) (bits >> 4);
            }
            case 3 -> {
                int bits = value(text[in]) << 12 | value(text[in + 1]) << 6 | value(text[in + 2]);
                wrong |= bits | -(bits & 0x3);
                into[out] = (byte) (bits >> 10);
                into[out + 1] = (byte) (bits >> 2);
            }
            default -> wrong = -1;
        }
        return wrong >= 0;
    }

    private static int value(byte digit) {
        return VALUES[digit & 0xff];
    }
}
