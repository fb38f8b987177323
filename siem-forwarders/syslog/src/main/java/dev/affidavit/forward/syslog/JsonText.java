package dev.affidavit.forward.syslog;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Bytes of a valid JSON text, such as a value. */
final class JsonText {
    private static final int UNICODE_ESCAPE = 6;

    private final byte[] bytes;
    private final int from;
    private final int to;

    JsonText(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    int length() {
        return to - from;
    }

    void write(ByteArrayOutputStream out) {
        out.write(bytes, from, length());
    }

    /** The opening quote of a string and the first of its characters: as many as are whole within so many bytes. */
    JsonText startOf(int length) {
        int end = from + 1;
        for (int next = end; next < to - 1 && next - from <= length; next += characterAt(next)) {
            end = next;
        }
        return new JsonText(bytes, from, end);
    }

    JsonText plus(byte[] more) {
        byte[] both = Arrays.copyOfRange(bytes, from, to + more.length);
        System.arraycopy(more, 0, both, length(), more.length);
        return new JsonText(both, 0, both.length);
    }

    /** How many bytes the character there has, be it an escape or a pair of them. */
    private int characterAt(int index) {
        if (bytes[index] == '\\') {
            if (bytes[index + 1] != 'u') {
                return 2;
            }
            int next = index + UNICODE_ESCAPE;
            return isSurrogate(index, "89aAbB") && isSurrogate(next, "cCdDeEfF") ? 2 * UNICODE_ESCAPE : UNICODE_ESCAPE;
        }
        int lead = bytes[index] & 0xff;
        if (lead < 0xc0) {
            return 1;
        }
        return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    }

    /** Whether an escape is there whose first two digits are D and one of these. */
    private boolean isSurrogate(int index, String secondDigit) {
        return index + UNICODE_ESCAPE <= to
                && bytes[index] == '\\'
                && bytes[index + 1] == 'u'
                && (bytes[index + 2] | 0x20) == 'd'
                && secondDigit.indexOf(bytes[index + 3]) >= 0;
    }
}
