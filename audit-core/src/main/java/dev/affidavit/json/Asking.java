package dev.affidavit.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How deep this thread is in asking the application's objects what they say. Their code may log events, with objects that
 * log events: one that logs itself would go on to the end of the stack, wherever in the log's own code that happens to be.
 */
public final class Asking {
    /** An event, one that a value of it logs, and one that a value of that logs. */
    static final int DEEPEST = 3;

    /** What stands in the place of an object that is not asked any more. */
    static final String MARK = "[cut, events nested deeper than " + DEEPEST + "]";

    /** Of no class of ours, since threads of pools outlive them. */
    private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

    private Asking() {}

    /** What the object says, or a mark if that would be too deep. What its code throws passes. */
    public static <T> @Nullable String text(T object, Function<? super T, @Nullable String> text) {
        int[] depth = depth();
        if (depth[0] >= DEEPEST) {
            return MARK;
        }
        depth[0]++;
        try {
            return text.apply(object);
        } finally {
            depth[0]--; // no call, which could overflow the stack again
        }
    }

    /** The depth of this thread, to be counted up and down. */
    static int[] depth() {
        return DEPTH.get();
    }
}
