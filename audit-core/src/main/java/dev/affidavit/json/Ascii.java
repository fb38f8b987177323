package dev.affidavit.json;

import java.nio.charset.StandardCharsets;

/** Texts of ours as bytes. */
final class Ascii {
    private Ascii() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
