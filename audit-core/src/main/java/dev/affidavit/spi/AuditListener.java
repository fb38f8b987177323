package dev.affidavit.spi;

/**
 * The application's own code that hears of every recorded event: an {@code AuditEventExtension}. It is told on a thread
 * of its own, from the file, after the event is in the log; so it can neither delay nor change nor break the record. It may
 * block, and is told of later events then later.
 *
 * <p>It hears of each line of the log once, in the order of the log, the log's own events included: from {@code
 * AUDIT_LOG_STARTED} on, or from the {@code AUDIT_CONFIG_CHANGED} on that brought it. A line may not be on the device yet.
 * It is not told of
 *
 * <ul>
 *   <li>what retention removed before it was told of it: that is counted, and the framework's status says so
 *   <li>what is left 1.5 s after the log was closed: the framework's status says how much. Under Logback each reload closes
 *       the log
 *   <li>what is left when the process ends without closing the log
 * </ul>
 *
 * Who must not miss an event writes a {@link Destination}.
 *
 * <p>Used by one thread, whose context class loader is that of the factory. A listener that records audit events itself is
 * told of those too: it must not answer each event with another.
 */
public interface AuditListener extends AutoCloseable {
    /**
     * An event is in the log. What this throws is counted and shown, and the next event follows. When the log is closed and
     * this has not returned for 1.5 s, its thread is interrupted.
     */
    void recorded(ForwardedLine event) throws Exception;

    /** No event follows. */
    @Override
    default void close() {}
}
