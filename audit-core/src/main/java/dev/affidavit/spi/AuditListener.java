package dev.affidavit.spi;

/**
 * The application's own code that hears of every recorded event: an {@code AuditEventExtension}. It is told on a thread
 * of its own, after the event is in the log, so it can neither delay nor change nor break the record; it may block, and
 * is told of later events then later. What it throws is counted and shown, and the next event follows.
 *
 * <p>It hears of each event once, in the order of the log, from the opening of the log on, the log's own events included. What it was
 * not told of when the process ends, it is never told of: who must not miss an event writes a {@link Destination}.
 *
 * <p>Used by one thread at a time. A listener that logs audit events itself is told of those too.
 */
public interface AuditListener extends AutoCloseable {
    /** An event is in the log. */
    void recorded(ForwardedLine event) throws Exception;

    /** No event follows. */
    @Override
    default void close() {}
}
