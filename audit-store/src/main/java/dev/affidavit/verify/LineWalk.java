package dev.affidavit.verify;

import dev.affidavit.seal.TreeHash;
import dev.affidavit.seal.TreeRange;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Goes through the lines of one file, and tells the anchors what it comes by. Not thread-safe. */
final class LineWalk implements Closeable {
    private final String segment;
    private final SegmentLines lines;
    private final GrowingTree tree;
    private final AnchorMarks marks;
    private final AnchoredLeaves leaves;
    private final long first;
    private long nextMark;
    private @Nullable String firstId;
    private @Nullable String lastId;
    /** What was encrypted in the line read last; null if nothing was, or that cannot be told. */
    private byte @Nullable [] opened;

    private LineWalk(String segment, SegmentLines lines, GrowingTree tree, AnchorMarks marks, AnchoredLeaves leaves) {
        this.segment = segment;
        this.lines = lines;
        this.tree = tree;
        this.marks = marks;
        this.leaves = leaves;
        this.first = tree.size();
        this.nextMark = marks.after(tree.size());
    }

    /** The lines of a file, which go on from a range. */
    static LineWalk of(
            LogFiles files,
            String segment,
            TreeRange before,
            AnchorMarks marks,
            AnchoredLeaves leaves,
            LongConsumer read)
            throws IOException {
        SegmentLines lines = SegmentLines.of(files.open(segment), files.counting(segment), read);
        if (!leaves.isEmpty()) {
            lines.keepBeginnings();
            lines.keepLines(leaves.opener() != null);
        }
        return new LineWalk(segment, lines, GrowingTree.from(before), marks, leaves);
    }

    /** Goes on until the tree has this size; false if there are not so many lines. */
    boolean goTo(long size) throws IOException {
        while (tree.size() < size) {
            if (!next()) {
                return false;
            }
        }
        return true;
    }

    /** Goes on to the end of the file. Behind the last statement, lines that a power cut left do not count. */
    void goToEnd() throws IOException {
        lines.lookForNul();
        boolean more = true;
        while (more) {
            more = next();
        }
        if (!leaves.isEmpty()) {
            lastId = id();
        }
    }

    private boolean next() throws IOException {
        if (!lines.readLine(tree)) {
            return false;
        }
        if (tree.size() == nextMark) {
            marks.headIs(nextMark, tree.root());
            nextMark = marks.after(nextMark);
        }
        if (!leaves.isEmpty()) {
            LineOpener opener = leaves.opener();
            opened = opener == null ? null : opener.open(segment, lines.offset(), lines.line());
            see(tree.size() - 1);
        }
        return true;
    }

    /** Others may have the line as it stands here, or what was encrypted in it. */
    private void see(long index) {
        boolean seen = leaves.seen(tree.leaf(), index);
        if (!seen && (opened == null || !leaves.seen(TreeHash.leaf(opened).bytes(), index))) {
            leaves.other(id(), index);
        }
        if (tree.size() == first + 1) {
            firstId = id();
        }
    }

    private @Nullable String id() {
        return Anchors.idOf(opened == null ? lines.beginning() : opened);
    }

    TreeHash root() {
        return tree.root();
    }

    long size() {
        return tree.size();
    }

    /** The tree over all lines up to the end of the file; right behind {@link #goToEnd}. */
    TreeRange end() {
        TreeRange beforeNuls = lines.beforeNuls();
        return beforeNuls == null ? tree.range() : beforeNuls;
    }

    /** The id of its first line, if there are events to look for; null if it has none. */
    @Nullable
    String firstId() {
        return firstId;
    }

    /** The same of its last line. */
    @Nullable
    String lastId() {
        return lastId;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
