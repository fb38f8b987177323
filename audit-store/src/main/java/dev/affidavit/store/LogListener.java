package dev.affidavit.store;

import java.util.List;

/** Is told what the log does of itself, on the log's own thread. Must not throw; may append {@code WRITTEN} lines. */
public interface LogListener {
    /** Hears nothing. */
    LogListener NONE = new LogListener() {};

    /** Retention removed these segments, oldest first, since there were more than may be kept. */
    default void removed(List<String> segments) {}

    /** Retention could not remove this segment; it is tried again at the next rotation unless it is gone already. */
    default void removalFailed(String segment, Exception cause) {}

    /** The device refused a force. The log takes no more lines. */
    default void forceFailed(Throwable cause) {}
}
