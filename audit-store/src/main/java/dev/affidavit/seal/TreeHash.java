package dev.affidavit.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A node of the Merkle tree of RFC 6962 (section 2.1), SHA-256. Immutable. */
public final class TreeHash {
    public static final int BYTES = 32;

    /** The head of a tree without leaves. */
    public static final TreeHash EMPTY = new TreeHash(sha256().digest());

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private TreeHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Of its bytes.
     *
     * @throws IllegalArgumentException if these are not 32
     */
    public static TreeHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("expected 32 bytes, found " + bytes.length);
        }
        return new TreeHash(bytes.clone());
    }

    /** From base64, as {@link #toString} gives it. */
    public static TreeHash parse(String base64) throws MalformedSealException {
        byte[] bytes = Text.base64(base64);
        if (bytes.length != BYTES) {
            throw new MalformedSealException("expected a hash of 32 bytes, found %d".formatted(bytes.length));
        }
        return new TreeHash(bytes);
    }

    /** Of a line without its {@code \n}. */
    public static TreeHash leaf(byte[] line) {
        return leaf(sha256(), line, 0, line.length);
    }

    /** The same of a part of an array, with a digest that is used again and again. */
    public static TreeHash leaf(MessageDigest sha256, byte[] bytes, int from, int length) {
        sha256.update(LEAF);
        sha256.update(bytes, from, length);
        return new TreeHash(sha256.digest());
    }

    public static TreeHash node(TreeHash left, TreeHash right) {
        return node(sha256(), left, right);
    }

    /** The same with a digest that is used again and again. */
    public static TreeHash node(MessageDigest sha256, TreeHash left, TreeHash right) {
        sha256.update(NODE);
        sha256.update(left.bytes);
        sha256.update(right.bytes);
        return new TreeHash(sha256.digest());
    }

    /** A digest of this thread's own, for the methods that take one. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Base64. */
    @Override
    public String toString() {
        return Text.base64(bytes);
    }
}
