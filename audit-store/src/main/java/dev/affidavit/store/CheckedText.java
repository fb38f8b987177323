package dev.affidavit.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A small text that a person can read and that shows whether it is whole: its kind and version, one {@code key value} a
 * line, and the SHA-256 of all that.
 */
final class CheckedText {
    private static final String CHECK = "check ";
    /** Of a line that is another than expected. */
    private static final int MAX_SHOWN = 100;

    private CheckedText() {}

    /** The bytes of a text of that kind; {@code lines} are its keys, each with its value. ASCII only. */
    static byte[] bytes(String kind, String... lines) {
        String body = kind + "\n" + String.join("\n", lines) + "\n";
        return (body + CHECK + check(body) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The values of such a text.
     *
     * @throws IllegalArgumentException if it is none, or not whole; says why
     */
    static List<String> values(String text, String kind, String... keys) {
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(kind)) {
            String found = lines[0].substring(0, Math.min(lines[0].length(), MAX_SHOWN));
            throw new IllegalArgumentException("expected '" + kind + "' in its first line, found '" + found + "'");
        }
        int checked = keys.length + 1;
        int bodyEnd = text.indexOf(CHECK);
        if (lines.length != checked + 2
                || bodyEnd < 0
                || !lines[checked].equals(CHECK + check(text.substring(0, bodyEnd)))) {
            throw new IllegalArgumentException("its check does not match its content");
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            String line = lines[i + 1];
            String key = keys[i] + " ";
            if (!line.startsWith(key)) {
                throw new IllegalArgumentException("expected '" + key + "', found '" + line + "'");
            }
            values.add(line.substring(key.length()));
        }
        return values;
    }

    private static String check(String body) {
        return Sha256.hex(body.getBytes(StandardCharsets.US_ASCII));
    }
}
