package dev.affidavit.store;

import dev.affidavit.seal.TreeRange;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A segment while its lines are read back for the tree: some at a time, so that nobody who waits for the thread that seals waits
 * for all of it. Not thread-safe.
 */
final class ReadBack implements Closeable {
    /** A millisecond or so. */
    private static final int LINES_AT_ONCE = 1000;

    private final SegmentName segment;
    private final SegmentLines lines;
    private final LineTree tree;
    private final long limit;

    private ReadBack(SegmentName segment, SegmentLines lines, LineTree tree, long limit) {
        this.segment = segment;
        this.lines = lines;
        this.tree = tree;
        this.limit = limit;
    }

    /**
     * Of a segment of which the beginning is known.
     *
     * @param limit how many bytes of it are read
     */
    static ReadBack open(LogDirectory directory, Boundary from, long limit) throws IOException {
        TreeRange before = from.before();
        if (before == null) {
            throw new IllegalStateException("the segment that is being sealed has no beginning");
        }
        SegmentName name = from.segment();
        return new ReadBack(name, SegmentLines.open(directory.segment(name), limit), LineTree.after(before), limit);
    }

    /** Whether it can be gone on with, to these lines of this segment. */
    boolean isOf(SegmentName name, long size, long bytes) {
        return segment.equals(name) && tree.size() <= size && limit == bytes;
    }

    /**
     * Reads on.
     *
     * @param size the lines of the log that are to be read; no more of them than there are
     * @return the range of those that were, if they are so many or the last; null if there are more to be read
     */
    @Nullable
    TreeRange read(long size) throws IOException {
        long next = Math.min(size, tree.size() + LINES_AT_ONCE);
        boolean more = lines.addTo(tree, next);
        return more && next < size ? null : tree.range();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
