package dev.affidavit.spi;

import dev.affidavit.store.Line;
import java.nio.charset.StandardCharsets;

/** A text as a line of a log. */
public final class PlainLine implements Line {
    private final byte[] bytes;

    public PlainLine(String text) {
        bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
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
