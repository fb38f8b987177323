package dev.affidavit.store;

import java.nio.charset.StandardCharsets;

/** A line made of a text. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TextLine(byte[] bytes, int length) implements Line {

    static TextLine of(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        return new TextLine(bytes, bytes.length);
    }

    /** The text, then as many {@code x} as make the whole {@code length} bytes, the {@code \n} included. */
    static TextLine padded(String text, int length) {
        String separator = " ";
        return of(text + separator + "x".repeat(Math.max(0, length - text.length() - separator.length() - 1)));
    }
}
