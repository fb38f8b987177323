package dev.affidavit.seal;

import java.security.MessageDigest;
import java.util.List;

/**
 * The compact range of a Merkle tree: the heads of its full subtrees, the largest first. The tree goes on from it without its
 * leaves. Immutable.
 *
 * @param size how many leaves it is over
 * @param hashes one for each 1 in the binary form of {@code size}
 */
public record TreeRange(long size, List<TreeHash> hashes) {
    public static final TreeRange EMPTY = new TreeRange(0, List.of());

    /** @throws IllegalArgumentException if there cannot be so many hashes */
    public TreeRange {
        hashes = List.copyOf(hashes);
        if (size < 0 || hashes.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException("%d hashes cannot be the range of %d lines, which has %d"
                    .formatted(hashes.size(), size, Long.bitCount(size)));
        }
    }

    /** The head of the tree. */
    public TreeHash root() {
        if (hashes.isEmpty()) {
            return TreeHash.EMPTY;
        }
        MessageDigest sha256 = TreeHash.sha256();
        int i = hashes.size() - 1;
        TreeHash root = hashes.get(i);
        for (i--; i >= 0; i--) {
            root = TreeHash.node(sha256, hashes.get(i), root);
        }
        return root;
    }
}
