package dev.affidavit.testkit;

import dev.affidavit.store.Line;
import java.nio.charset.StandardCharsets;

/** A line that is any text without a line break. */
public final class TextLine implements Line {
    private final byte[] bytes;

    private TextLine(byte[] bytes) {
        this.bytes = bytes;
    }

    public static TextLine of(String text) {
        return new TextLine((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int length() {
        return bytes.length;
    }
}
