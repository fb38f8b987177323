package dev.affidavit.verify;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Lines of a log, in a bit for each. Thread-safe; asked when nothing is added any more. */
final class LineSet {
    /** Files of a log are read side by side, and seldom share a piece. */
    private static final int PIECE = 1 << 16;

    private final ConcurrentHashMap<Long, BitSet> pieces = new ConcurrentHashMap<>();

    LineSet() {}

    void add(long line) {
        BitSet piece = pieces.computeIfAbsent(line / PIECE, number -> new BitSet());
        synchronized (piece) {
            piece.set((int) (line % PIECE));
        }
    }

    /** The first of them; 0 if there are none. */
    long first() {
        return pieces.entrySet().stream()
                .mapToLong(piece -> piece.getKey() * PIECE + piece.getValue().nextSetBit(0))
                .min()
                .orElse(0);
    }

    /** Behind the last of them; 0 if there are none. */
    long end() {
        return pieces.entrySet().stream()
                .mapToLong(piece -> piece.getKey() * PIECE + piece.getValue().length())
                .max()
                .orElse(0);
    }

    /** Runs of lines that are not in it, between its first and its last. */
    void forEachGap(Consumer<Finding.Lines> action) {
        long expected = first();
        for (Map.Entry<Long, BitSet> piece : new TreeMap<>(pieces).entrySet()) {
            long begin = piece.getKey() * PIECE;
            BitSet bits = piece.getValue();
            for (int from = bits.nextSetBit(0); from >= 0; ) {
                if (begin + from > expected) {
                    action.accept(new Finding.Lines(expected, begin + from));
                }
                int to = bits.nextClearBit(from);
                expected = begin + to;
                from = bits.nextSetBit(to);
            }
        }
    }
}
