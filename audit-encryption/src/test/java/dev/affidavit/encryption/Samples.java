package dev.affidavit.encryption;

import dev.affidavit.store.StoredLine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;

/** Keys, places and lines that tests share. Keys are the same in each run. */
final class Samples {
    static final String LOG = "6d1f0d3cc05b8f1f0e7a2c8f5b0b4a97";
    static final String SEGMENT = "security_audit_2026-11-21_17-02-31.log";
    static final String NEXT_SEGMENT = "security_audit_2026-11-21_17-02-31_001.log";
    static final String KEY_ID = "2026-11";
    static final String MARKED = "no-one-may-read-this";

    private Samples() {}

    /** 32 bytes that this name stands for. */
    static byte[] keyBytes(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyRing ring() {
        return ring(KEY_ID);
    }

    /** A ring of one key, which its id stands for. */
    static KeyRing ring(String keyId) {
        return KeyRing.of(keyId, Map.of(keyId, KeyEncryptionKey.of(keyBytes(keyId))));
    }

    static LineEncrypter encrypter() {
        return new LineEncrypter(LOG, ring(), new SecureRandom());
    }

    static LineDecrypter decrypter() {
        return new LineDecrypter(LOG, ring());
    }

    static String json(int number) {
        return "{\"id\":\"evt_%d\",\"description\":\"%s\"}".formatted(number, MARKED);
    }

    /** The encrypted line, without its end, as it would stand in this segment. */
    static StoredLine encrypt(LineEncrypter encrypter, String segment, String json) throws EncryptionKeyException {
        byte[] line = (json + "\n").getBytes(StandardCharsets.UTF_8);
        encrypter.encrypt(segment, line, line.length);
        return stored(segment, Arrays.copyOf(encrypter.bytes(), encrypter.length() - 1));
    }

    static StoredLine stored(String segment, byte[] bytes) {
        return new StoredLine(segment, 1830, bytes);
    }

    static StoredLine stored(String segment, String text) {
        return stored(segment, text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(StoredLine line) {
        return new String(line.bytes(), StandardCharsets.ISO_8859_1);
    }

    static String decrypt(LineDecrypter decrypter, StoredLine line) throws LineDecryptionException {
        return new String(decrypter.decrypt(line), StandardCharsets.UTF_8);
    }

    /** Header and encrypted key: what tells content keys apart. */
    static String prefix(StoredLine line) {
        String[] parts = text(line).split("\\.", -1);
        return parts[0] + "." + parts[1];
    }
}
