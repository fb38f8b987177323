package dev.affidavit.store;

import dev.affidavit.seal.TreeRange;
import java.util.function.Consumer;

/**
 * The tree over the lines of a log, in the hand of those who hash; tells the thread that seals what happens between the
 * lines. Used by one thread at a time.
 */
final class SealedLines implements StoredLines {
    private final LineTree tree;
    /** The segment in which the log goes on, or that is its first: its beginning is known. */
    private final SegmentName opened;
    /** Thread-safe. */
    private final Consumer<SealEvent> events;

    /** @param before what the log holds when it is opened */
    SealedLines(TreeRange before, SegmentName opened, Consumer<SealEvent> events) {
        this.tree = LineTree.after(before);
        this.opened = opened;
        this.events = events;
    }

    @Override
    public void segmentBegun(SegmentName segment) {
        if (!segment.equals(opened)) {
            events.accept(new SealEvent.Begun(segment, tree.range()));
        }
    }

    @Override
    public void lineStored(byte[] bytes, int from, int length) {
        tree.lineStored(bytes, from, length);
    }

    @Override
    public void linesMoved(SegmentName from, long count, SegmentName to) {
        events.accept(new SealEvent.Moved(from, count, to));
    }

    void mark() {
        events.accept(new SealEvent.Marked(tree.range()));
    }

    void forced(long lines) {
        events.accept(new SealEvent.Forced(lines));
    }

    TreeRange range() {
        return tree.range();
    }
}
