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

    /** The head of the tree of this size over the lines that are there; null if nobody came by. */
    @Nullable
    TreeHash head(long size) {
        return heads.get(size);
    }
}
