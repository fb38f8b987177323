package dev.affidavit.log4j2;

import dev.affidavit.AuditEvent;
import org.apache.logging.log4j.message.AsynchronouslyFormattable;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.SimpleMessage;
import org.jspecify.annotations.Nullable;

/**
 * Carries an event through Log4j, which makes a text of it only for an appender that prints it: of a message with
 * parameters it makes one at each call. A queue needs none either, since an event is immutable.
 */
@AsynchronouslyFormattable
final class EventMessage implements Message {
    private static final long serialVersionUID = 1;

    private final transient AuditEvent event;

    EventMessage(AuditEvent event) {
        this.event = event;
    }

    @Override
    @SuppressWarnings("deprecation") // earlier versions demand it
    public String getFormattedMessage() {
        return event.toString();
    }

    @Override
    @SuppressWarnings("deprecation") // earlier versions demand it
    public String getFormat() {
        return "{}";
    }

    @Override
    public Object[] getParameters() {
        return new Object[] {event};
    }

    @Override
    public @Nullable Throwable getThrowable() {
        return null;
    }

    /** Log4j may serialise what it logs; who reads it needs no class of ours then. */
    private Object writeReplace() {
        return new SimpleMessage(getFormattedMessage());
    }
}
