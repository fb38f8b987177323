package dev.affidavit.store;

import dev.affidavit.seal.TreeHash;
import dev.affidavit.seal.TreeRange;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 9162 (section 2.1, the one of RFC 6962) over the lines of a log, as its compact range: the heads of
 * the full subtrees, the largest first. A leaf is the bytes of a line without {@code \n}. Not thread-safe.
 */
final class LineTree implements StoredLines {
    static final int HASH_BYTES = 32;
    private static final byte LEAF = 0;

    private final MessageDigest sha256 = Sha256.digest();
    /** The head of the full subtree of 2^i lines, for each bit i of the size. */
    private final byte[][] heads = new byte[Long.SIZE][];

    /** What a node is the hash of: a 1, and two hashes. In one piece, since each call has its price. */
    private final byte[] node = new byte[1 + 2 * HASH_BYTES];

    private byte[] hash = new byte[HASH_BYTES];
    private long size;

    LineTree() {
        node[0] = 1;
    }

    /** One that goes on behind the lines of the range. */
    static LineTree after(TreeRange range) {
        LineTree tree = new LineTree();
        tree.size = range.size();
        int next = 0;
        for (int level = Long.SIZE - 1; level >= 0; level--) {
            if ((range.size() >> level & 1) == 1) {
                tree.heads[level] = range.hashes().get(next++).bytes();
            }
        }
        return tree;
    }

    /** What it is over, to go on from elsewhere. */
    TreeRange range() {
        List<TreeHash> hashes = new ArrayList<>();
        for (int level = Long.SIZE - 1; level >= 0; level--) {
            if ((size >> level & 1) == 1) {
                hashes.add(TreeHash.of(heads[level]));
            }
        }
        return new TreeRange(size, hashes);
    }

    /** How many lines it is over. */
    long size() {
        return size;
    }

    @Override
    public void lineStored(byte[] bytes, int from, int length) {
        try {
            add(bytes, from, length);
        } catch (Throwable e) { // an Error, half-way: the line comes again
            sha256.reset();
            throw e;
        }
    }

    private void add(byte[] bytes, int from, int length) {
        try {
            hashLeaf(sha256, bytes, from, length, hash, 0);
        } catch (DigestException e) {
            throw tooLong(e);
        }
        addHash();
    }

    /** The hash of a line, into 32 bytes from index {@code at} on. */
    static void hashLeaf(MessageDigest sha256, byte[] bytes, int from, int length, byte[] into, int at)
            throws DigestException {
        sha256.update(LEAF);
        sha256.update(bytes, from, length);
        sha256.digest(into, at, HASH_BYTES);
    }

    /** Adds a line of which this is the hash, 32 bytes from index {@code at} on. */
    void addLeaf(byte[] hashes, int at) {
        System.arraycopy(hashes, at, hash, 0, HASH_BYTES);
        addHash();
    }

    private void addHash() {
        int level = 0;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            join(heads[level], hash, hash);
            level++;
        }
        byte[] free = heads[level] == null ? new byte[HASH_BYTES] : heads[level];
        heads[level] = hash;
        hash = free;
        size++;
    }

    /** The head of the tree. */
    byte[] head() {
        if (size == 0) {
            return sha256.digest();
        }
        int level = Long.numberOfTrailingZeros(size);
        byte[] head = heads[level].clone();
        for (level++; level < Long.SIZE; level++) {
            if ((size >> level & 1) == 1) {
                join(heads[level], head, head);
            }
        }
        return head;
    }

    private void join(byte[] left, byte[] right, byte[] into) {
        System.arraycopy(left, 0, node, 1, HASH_BYTES);
        System.arraycopy(right, 0, node, 1 + HASH_BYTES, HASH_BYTES);
        sha256.update(node, 0, node.length);
        finish(into);
    }

    private void finish(byte[] into) {
        try {
            sha256.digest(into, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw tooLong(e);
        }
    }

    private static IllegalStateException tooLong(DigestException e) {
        return new IllegalStateException("SHA-256 is longer than 32 bytes", e);
    }

    @Override
    public void segmentBegun(SegmentName segment) {}

    @Override
    public void linesMoved(SegmentName from, long count, SegmentName to) {}
}
