package dev.affidavit.store;

import dev.affidavit.seal.TreeRange;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tree over the lines of a log, in the hand of those who hash; tells the thread that seals what happens between the
 * lines. Used by one thread at a time, but for {@link #keep} and {@link #goOnBehind}.
 *
 * <p>It is behind while the lines that the log had when it was opened are not hashed yet. The thread that seals reads those, and
 * what is written meanwhile, from the files; to catch up with who writes it asks for the last few to be kept here.
 */
final class SealedLines implements StoredLines {
    /** The segment in which the log goes on, or that is its first: its beginning is known. */
    private final SegmentName opened;
    /** Thread-safe. */
    private final Consumer<SealEvent> events;

    /** Null while it is behind. */
    private @Nullable LineTree tree;
    /** How many lines were told. */
    private long told;
    /** Of the lines behind the first {@link #keptFrom}; null if none are kept. */
    private @Nullable LeafHashes kept;

    private long keptFrom;

    // Set by the thread that seals.
    private volatile boolean keeps;
    private volatile @Nullable Join join;

    /** @param before what the log holds when it is opened; null if that is not read yet */
    SealedLines(@Nullable TreeRange before, SegmentName opened, Consumer<SealEvent> events) {
        this.tree = before == null ? null : LineTree.after(before);
        this.opened = opened;
        this.events = events;
    }

    @Override
    public void segmentBegun(SegmentName segment) {
        if (!segment.equals(opened)) {
            catchUp();
            events.accept(new SealEvent.Begun(segment, told, range()));
        }
    }

    @Override
    public void lineStored(byte[] bytes, int from, int length) {
        if (tree != null) {
            tree.lineStored(bytes, from, length);
        } else if (kept != null && !kept.add(bytes, from, length)) {
            kept = null; // too many: it begins again
        }
        told++;
    }

    @Override
    public void linesMoved(SegmentName from, long count, SegmentName to) {
        events.accept(new SealEvent.Moved(from, count, to));
    }

    /** Something is sealed soon: tells of what there is. */
    void mark() {
        catchUp();
        TreeRange range = range();
        if (range != null) {
            events.accept(new SealEvent.Marked(range));
        }
    }

    void forced(long lines) {
        events.accept(new SealEvent.Forced(lines));
    }

    /** The range of all lines of the log; null while it is behind. */
    @Nullable
    TreeRange range() {
        return tree == null ? null : tree.range();
    }

    /** How many lines were told. */
    long told() {
        return told;
    }

    /** Asks for the lines that come now to be kept, again and again if there are too many: see {@link SealEvent.Kept}. */
    void keep() {
        keeps = true;
    }

    /**
     * Hands over the tree over the lines before those that are kept.
     *
     * @param lines how many of these were told here
     */
    void goOnBehind(long lines, TreeRange range) {
        join = new Join(lines, range);
    }

    /** Before anything is told in which it matters whether it is behind. */
    private void catchUp() {
        Join from = join;
        if (tree != null || !keeps) {
            return;
        }
        if (kept == null) {
            LeafHashes none = new LeafHashes();
            events.accept(new SealEvent.Kept(told));
            keptFrom = told;
            kept = none;
        } else if (from != null && from.lines == keptFrom) {
            LineTree caughtUp = LineTree.after(from.range);
            kept.addTo(caughtUp);
            tree = caughtUp;
            kept = null;
        }
    }

    private record Join(long lines, TreeRange range) {}
}
