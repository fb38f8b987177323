package dev.affidavit.fuzzing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What the files of a log prove themselves by, which no fuzzer would hit upon by itself. */
final class Hashes {
    private Hashes() {}

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The text with a check line that fits. */
    static byte[] checked(byte[] body) {
        byte[] check = ("check " + sha256(body) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(body, body.length + check.length);
        System.arraycopy(check, 0, whole, body.length, check.length);
        return whole;
    }
}
