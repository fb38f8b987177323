package dev.affidavit.encryption;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A content key as {@code A256GCMKW} (RFC 7518, section 4.7) encrypts it. Immutable; nothing in it is secret. */
public final class WrappedKey {
    /** 96 bits, never used twice under one key. */
    public static final int IV_BYTES = 12;

    /** 256 bits, as those of the content key. */
    public static final int CIPHERTEXT_BYTES = 32;

    /** 128 bits. */
    public static final int TAG_BYTES = 16;

    private final byte[] iv;
    private final byte[] ciphertext;
    private final byte[] tag;

    /**
     * What AES-256-GCM made of a content key, without additional data.
     *
     * @throws IllegalArgumentException if a length is another one than above
     */
    public WrappedKey(byte[] iv, byte[] ciphertext, byte[] tag) {
        this.iv = copy("iv", iv, IV_BYTES);
        this.ciphertext = copy("ciphertext", ciphertext, CIPHERTEXT_BYTES);
        this.tag = copy("tag", tag, TAG_BYTES);
    }

    private static byte[] copy(String name, byte[] bytes, int expected) {
        if (bytes.length != expected) {
            throw new IllegalArgumentException(
                    "%s: expected %d bytes, found %d".formatted(name, expected, bytes.length));
        }
        return bytes.clone();
    }

    public byte[] iv() {
        return iv.clone();
    }

    public byte[] ciphertext() {
        return ciphertext.clone();
    }

    public byte[] tag() {
        return tag.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WrappedKey key
                && Arrays.equals(key.iv, iv)
                && Arrays.equals(key.ciphertext, ciphertext)
                && Arrays.equals(key.tag, tag);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(iv);
    }

    @Override
    public String toString() {
        return "a wrapped key of 256 bits";
    }
}
