package dev.affidavit.verify;

import dev.affidavit.seal.TreeHash;
import dev.affidavit.seal.TreeRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the log in a directory grew behind one of its sizes: what proves to who knows the tree of that size that it was only added
 * to. It is led on as the log grows, whether a writer has that open or not, and needs no file any more that it was led past: these
 * may be pruned. Each time it reads from the beginning of the file on in which it was. Not thread-safe.
 */
public final class LogGrowth {
    private final Path directory;
    private final TreeRange old;
    private final GrowingTree tree;

    private LogGrowth(Path directory, TreeRange old, GrowingTree tree) {
        this.directory = directory;
        this.old = old;
        this.tree = tree;
    }

    /**
     * Growth behind the first {@code oldSize} lines, which is none yet.
     *
     * @throws NoProofException if the file with the line behind them was pruned, or a seal is damaged; or if the log does not
     *     have so many
     * @throws IOException if the log cannot be read, or files come and go meanwhile
     */
    public static LogGrowth behind(Path directory, long oldSize) throws IOException, NoProofException {
        if (oldSize == 0) {
            return new LogGrowth(directory, TreeRange.EMPTY, GrowingTree.from(TreeRange.EMPTY));
        }
        try (LogWalk walk = LogWalk.to(directory, oldSize)) {
            GrowingTree tree = GrowingTree.from(walk.before());
            walk.grow(tree, oldSize);
            TreeRange old = tree.range();
            tree.watch(oldSize - 1);
            return new LogGrowth(directory, old, tree);
        }
    }

    /** The size behind which it is. */
    public long oldSize() {
        return old.size();
    }

    /** To how many lines it was led. */
    public long size() {
        return tree.size();
    }

    /** The head of the tree of the first {@link #size} lines. */
    public TreeHash root() {
        return tree.root();
    }

    /**
     * Leads it on to the first {@code size} lines, unless it is there already.
     *
     * @throws NoProofException if these lines are not there, or those that were read before are others now; it is of no use
     *     any more then
     * @throws IOException as {@link #behind}, or if the thread is interrupted; it is of no use any more then
     */
    public void leadTo(long size) throws IOException, NoProofException {
        if (size <= tree.size()) {
            return;
        }
        try (LogWalk walk = LogWalk.to(directory, tree.size())) {
            GrowingTree again = GrowingTree.from(walk.before());
            walk.grow(again, tree.size());
            if (!again.range().equals(tree.range())) {
                throw new NoProofException("%s: the first %d lines are not those that were there before: verify the log"
                        .formatted(directory, tree.size()));
            }
            walk.grow(tree, size);
        }
    }

    /**
     * Growth behind the lines that this was led to: nothing is read for it.
     *
     * @throws IllegalStateException if that are none
     */
    public LogGrowth goneOnFrom() {
        if (tree.size() == 0) {
            throw new IllegalStateException("there is nothing to be proven of no lines");
        }
        GrowingTree same = GrowingTree.from(tree.range());
        same.watch(tree.size() - 1);
        return new LogGrowth(directory, tree.range(), same);
    }

    /**
     * Holds the lines to a checkpoint of their number.
     *
     * @throws NoProofException if they are not those that were sealed
     */
    public void require(TreeHash sealedRoot) throws NoProofException {
        if (!root().equals(sealedRoot)) {
            throw new NoProofException("%s: the first %d lines are not those that were sealed: verify the log"
                    .formatted(directory, size()));
        }
    }

    /** RFC 6962, section 2.1.2, from the old size to {@link #size}: at most 63 hashes; none if one of them is 0 or both are equal. */
    public List<TreeHash> consistencyProof() {
        if (old.size() == 0 || old.size() == tree.size()) {
            return List.of();
        }
        List<TreeHash> proof = new ArrayList<>();
        if (old.hashes().size() > 1) { // else the head of the old tree is a node of the new one, and known
            proof.add(old.hashes().get(old.hashes().size() - 1));
        }
        proof.addAll(tree.path());
        return proof;
    }
}
