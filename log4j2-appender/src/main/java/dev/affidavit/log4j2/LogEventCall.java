package dev.affidavit.log4j2;

import dev.affidavit.AuditEvent;
import dev.affidavit.Severity;
import dev.affidavit.spi.LogCall;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.StructuredDataMessage;
import org.jspecify.annotations.Nullable;

/** A Log4j event as a call. It may be one that Log4j uses again: valid during the append only. */
final class LogEventCall implements LogCall {
    private static final String EVENT_TYPE = "event_type";

    private final LogEvent event;
    private final @Nullable AuditEvent said;

    LogEventCall(LogEvent event) {
        this.event = event;
        this.said = find(event.getMessage());
    }

    private static @Nullable AuditEvent find(@Nullable Message message) {
        Object[] parameters = message == null ? null : message.getParameters();
        if (parameters != null) {
            for (Object parameter : parameters) {
                if (parameter instanceof AuditEvent found) {
                    return found;
                }
            }
        }
        return null;
    }

    @Override
    public boolean isMarked(String marker) {
        Marker own = event.getMarker();
        return own != null && own.isInstanceOf(marker);
    }

    @Override
    public @Nullable String markerBelow(String marker) {
        Marker own = event.getMarker();
        return own == null || own.getName().equals(marker) || !own.isInstanceOf(marker) ? null : own.getName();
    }

    @Override
    public @Nullable AuditEvent event() {
        return said;
    }

    @Override
    public Instant time() {
        var instant = event.getInstant();
        return Instant.ofEpochSecond(instant.getEpochSecond(), instant.getNanoOfSecond());
    }

    @Override
    public Severity severity() {
        return Levels.severity(event.getLevel());
    }

    /** A message that carries data would say the data again if it were formatted. */
    @Override
    public String message() {
        Message message = event.getMessage();
        String text;
        if (message instanceof StructuredDataMessage structured) {
            text = structured.getFormat();
        } else {
            text = message instanceof MapMessage<?, ?> ? "" : message.getFormattedMessage();
        }
        return text == null ? "" : text;
    }

    @Override
    public @Nullable Thrown thrown() {
        Throwable thrown = event.getThrown();
        return thrown == null ? null : Thrown.of(thrown);
    }

    @Override
    public boolean isBare() {
        return !(event.getMessage() instanceof MapMessage<?, ?>)
                && event.getThrown() == null
                && event.getContextData().isEmpty();
    }

    @Override
    public void forEachKeyValue(BiConsumer<String, @Nullable Object> consumer) {
        if (!(event.getMessage() instanceof MapMessage<?, ?> message)) {
            return;
        }
        if (message instanceof StructuredDataMessage structured
                && structured.getType() != null
                && !message.containsKey(EVENT_TYPE)) {
            consumer.accept(EVENT_TYPE, structured.getType());
        }
        message.forEach((String key, Object value) -> consumer.accept(key, value));
    }

    @Override
    public void forEachContextValue(BiConsumer<String, @Nullable String> consumer) {
        event.getContextData().forEach((String key, Object value) -> consumer.accept(key, text(value)));
    }

    /** A value that is no text is the application's own object: what its toString throws must not stop the event. */
    private static @Nullable String text(@Nullable Object value) {
        try {
            return value == null ? null : value.toString();
        } catch (Throwable e) {
            return "[unreadable: " + e.getClass().getName() + "]";
        }
    }

    @Override
    public boolean isOnCallersThread() {
        return event.getThreadId() == Thread.currentThread().getId();
    }
}
