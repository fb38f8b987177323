package dev.affidavit.verify;

import dev.affidavit.seal.TreeHash;
import dev.affidavit.seal.TreeRange;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree over the lines read so far, as its compact range. It can watch a leaf: it then keeps what an inclusion proof of
 * it needs. Not thread-safe.
 */
final class GrowingTree {
    private static final int NOT_WATCHED = -1;

    private final MessageDigest sha256 = TreeHash.sha256();
    /** The head of the full subtree of 2^i lines, for each bit i of the size. */
    private final byte[][] heads = new byte[Long.SIZE][];

    /** What a node is the hash of: a 1, and two hashes. In one piece, since each call has its price. */
    private final byte[] node = new byte[1 + 2 * TreeHash.BYTES];

    private final byte[] leaf = new byte[TreeHash.BYTES];
    private byte[] hash = new byte[TreeHash.BYTES];
    private long size;
    private long watched = NOT_WATCHED;
    private final List<TreeHash> siblings = new ArrayList<>();

    private GrowingTree() {
        node[0] = 1;
    }

    /** The tree that goes on from this range. */
    static GrowingTree from(TreeRange range) {
        GrowingTree tree = new GrowingTree();
        tree.size = range.size();
        int next = 0;
        for (int level = Long.SIZE - 1; level >= 0; level--) {
            if ((range.size() >> level & 1) == 1) {
                tree.heads[level] = range.hashes().get(next).bytes();
                next++;
            }
        }
        return tree;
    }

    /** Over how many lines it is. */
    long size() {
        return size;
    }

    /** From now on keeps the siblings of the leaf with this index, which is still to come. */
    void watch(long index) {
        watched = index;
    }

    /** Of the leaf to be added: its bytes, a 0 before those of the line. */
    void part(byte[] bytes, int from, int length) {
        sha256.update(bytes, from, length);
    }

    /** The leaf's parts were no leaf. */
    void abandonLeaf() {
        sha256.reset();
    }

    /** All parts of the leaf were there. */
    void endLeaf() {
        finish(leaf);
        System.arraycopy(leaf, 0, hash, 0, TreeHash.BYTES);
        int level = 0;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            if (watched >> (level + 1) == size >> (level + 1) && watched >= 0 && watched <= size) {
                siblings.add(TreeHash.of(watched >> level == size >> level ? heads[level] : hash));
            }
            join(heads[level], hash, hash);
            level++;
        }
        byte[] free = heads[level] == null ? new byte[TreeHash.BYTES] : heads[level];
        heads[level] = hash;
        hash = free;
        size++;
    }

    /** The hash of the leaf that was added last: not a copy. */
    byte[] leaf() {
        return leaf;
    }

    TreeRange range() {
        List<TreeHash> hashes = new ArrayList<>();
        for (int level = Long.SIZE - 1; level >= 0; level--) {
            if ((size >> level & 1) == 1) {
                hashes.add(TreeHash.of(heads[level]));
            }
        }
        return new TreeRange(size, hashes);
    }

    TreeHash root() {
        return root(new ArrayList<>());
    }

    /** The inclusion proof of the watched leaf in the tree as it is: RFC 6962, section 2.1.1. */
    List<TreeHash> path() {
        List<TreeHash> path = new ArrayList<>(siblings);
        root(path);
        return path;
    }

    private TreeHash root(List<TreeHash> path) {
        if (size == 0) {
            return TreeHash.EMPTY;
        }
        int level = Long.numberOfTrailingZeros(size);
        byte[] head = heads[level].clone();
        long from = size - (1L << level);
        for (level++; level < Long.SIZE - 1; level++) {
            if ((size >> level & 1) == 1) {
                long leftFrom = from - (1L << level);
                if (watched >= leftFrom) {
                    path.add(TreeHash.of(watched >= from ? heads[level] : head));
                }
                join(heads[level], head, head);
                from = leftFrom;
            }
        }
        return TreeHash.of(head);
    }

    private void join(byte[] left, byte[] right, byte[] into) {
        System.arraycopy(left, 0, node, 1, TreeHash.BYTES);
        System.arraycopy(right, 0, node, 1 + TreeHash.BYTES, TreeHash.BYTES);
        sha256.update(node, 0, node.length);
        finish(into);
    }

    private void finish(byte[] into) {
        try {
            sha256.digest(into, 0, TreeHash.BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 is longer than 32 bytes", e);
        }
    }
}
