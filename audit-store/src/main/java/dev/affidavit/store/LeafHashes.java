package dev.affidavit.store;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/** The leaves of some lines, until there is a tree that they can be added to. Bounded. Not thread-safe. */
final class LeafHashes {
    /** 8 MiB: what a log under load takes in while the end of a file is read back. */
    private static final int MAX = 256 * 1024;

    private static final int FIRST = 64;

    private final MessageDigest sha256 = Sha256.digest();
    private byte[] hashes = new byte[FIRST * LineTree.HASH_BYTES];
    private int count;

    /** Adds that of a line. False if there are too many. */
    boolean add(byte[] bytes, int from, int length) {
        if (count == MAX) {
            return false;
        }
        int at = count * LineTree.HASH_BYTES;
        if (at == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        }
        try {
            LineTree.hashLeaf(sha256, bytes, from, length, hashes, at);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 is longer than 32 bytes", e);
        } finally {
            sha256.reset(); // an Error, half-way: the line comes again
        }
        count++;
        return true;
    }

    void addTo(LineTree tree) {
        for (int i = 0; i < count; i++) {
            tree.addLeaf(hashes, i * LineTree.HASH_BYTES);
        }
    }
}
