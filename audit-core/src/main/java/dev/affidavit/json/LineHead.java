package dev.affidavit.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first four fields of a line where they stand as {@link EventLine} writes them, as those of nearly every event do. A
 * forwarder reads them of each line, and a parser of JSON takes several times as long. Used by one thread.
 */
final class LineHead {
    private static final byte[][] BEFORE = {
        Ascii.bytes("{\"id\":\""),
        Ascii.bytes("\",\"timestamp\":\""),
        Ascii.bytes("\",\"event_type\":\""),
        Ascii.bytes("\",\"severity\":\"")
    };

    private final byte[] line;
    private int at;

    private LineHead(byte[] line) {
        this.line = line;
    }

    /** Null where they stand in any other way, or a value is not plain: only a parser knows what they say then. */
    static @Nullable LineFields fields(byte[] line) {
        LineHead head = new LineHead(line);
        String[] values = new String[BEFORE.length];
        for (int i = 0; i < BEFORE.length; i++) {
            String value = head.skip(BEFORE[i]) ? head.plainText() : null;
            if (value == null) {
                return null;
            }
            values[i] = value;
        }
        return new LineFields(values[0], values[1], values[2], values[3]);
    }

    private boolean skip(byte[] expected) {
        int end = at + expected.length;
        if (end > line.length || !Arrays.equals(line, at, end, expected, 0, expected.length)) {
            return false;
        }
        at = end;
        return true;
    }

    /** What stands before the next quote; null if one of its characters is escaped, or not printable ASCII. */
    private @Nullable String plainText() {
        int from = at;
        while (at < line.length && line[at] != '"') {
            if (line[at] < ' ' || line[at] == '\\') { // a byte of a longer character is negative
                return null;
            }
            at++;
        }
        return at < line.length ? new String(line, from, at - from, StandardCharsets.ISO_8859_1) : null;
    }
}
