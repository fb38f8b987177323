package dev.affidavit.verify;

import dev.affidavit.seal.TreeHash;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The sizes of the tree at which anchors say its head, and what its head is there. Thread-safe. */
final class AnchorMarks {
    /** Behind all lines. */
    static final long NONE = Long.MAX_VALUE;

    /** No mark at all. */
    static final AnchorMarks NOWHERE = of(LongStream.empty());

    private final long[] sizes;
    private final Map<Long, TreeHash> heads = new ConcurrentHashMap<>();
    private final Map<Long, TreeHash> stated = new ConcurrentHashMap<>();

    private AnchorMarks(long[] sizes) {
        this.sizes = sizes;
    }

    static AnchorMarks of(LongStream sizes) {
        return new AnchorMarks(sizes.sorted().distinct().toArray());
    }

    /** The first mark behind a size. */
    long after(long size) {
        int at = Arrays.binarySearch(sizes, size + 1);
        int next = at < 0 ? -at - 1 : at;
        return next < sizes.length ? sizes[next] : NONE;
    }

    void headIs(long size, TreeHash head) {
        heads.put(size, head);
    }

    /** What a statement says of this size. */
    void stated(long size, TreeHash root) {
        if (Arrays.binarySearch(sizes, size) >= 0) {
            stated.putIfAbsent(size, root);
        }
    }

    /**
     * The head of the tree of this size: over the lines that are there or, where they are gone, as a statement has it. Null if
     * neither is known.
     */
    @Nullable
    TreeHash head(long size) {
        TreeHash head = heads.get(size);
        return head == null ? stated.get(size) : head;
    }
}
