package dev.affidavit.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.affidavit.AuditEvent;
import dev.affidavit.Severity;
import dev.affidavit.spi.LogCall;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** A Logback event as a call. */
@SuppressWarnings("deprecation") // SLF4J deprecates marker hierarchies without a replacement
final class LoggingEventCall implements LogCall {
    private final ILoggingEvent event;
    private final @Nullable AuditEvent said;

    LoggingEventCall(ILoggingEvent event) {
        this.event = event;
        this.said = find(event.getArgumentArray());
    }

    private static @Nullable AuditEvent find(Object @Nullable [] arguments) {
        if (arguments != null) {
            for (Object argument : arguments) {
                if (argument instanceof AuditEvent found) {
                    return found;
                }
            }
        }
        return null;
    }

    @Override
    public boolean isMarked(String marker) {
        List<Marker> markers = event.getMarkerList();
        if (markers != null) {
            for (Marker own : markers) {
                if (own.contains(marker)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public @Nullable String markerBelow(String marker) {
        List<Marker> markers = event.getMarkerList();
        if (markers != null) {
            for (Marker own : markers) {
                if (own.contains(marker) && !own.getName().equals(marker)) {
                    return own.getName();
                }
            }
        }
        return null;
    }

    @Override
    public @Nullable AuditEvent event() {
        return said;
    }

    /** Not every event that an appender is given was made by Logback's own logger. */
    @Override
    public Instant time() {
        Instant instant = event.getInstant();
        return instant == null ? Instant.ofEpochMilli(event.getTimeStamp()) : instant;
    }

    @Override
    public Severity severity() {
        return Levels.severity(event.getLevel());
    }

    @Override
    public String message() {
        String message = event.getFormattedMessage();
        return message == null ? "" : message;
    }

    @Override
    public @Nullable Thrown thrown() {
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? null : new Thrown(thrown.getClassName(), thrown.getMessage());
    }

    @Override
    public boolean isBare() {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return (pairs == null || pairs.isEmpty())
                && event.getThrowableProxy() == null
                && event.getMDCPropertyMap().isEmpty();
    }

    @Override
    public void forEachKeyValue(BiConsumer<String, @Nullable Object> consumer) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                consumer.accept(String.valueOf(pair.key), pair.value);
            }
        }
    }

    @Override
    public void forEachContextValue(BiConsumer<String, @Nullable String> consumer) {
        event.getMDCPropertyMap().forEach(consumer);
    }

    @Override
    public boolean isOnCallersThread() {
        String name = Thread.currentThread().getName();
        // Logback has names of its own for threads that have none, such as virtual ones.
        return (name.isEmpty() ? new LoggingEvent().getThreadName() : name).equals(event.getThreadName());
    }
}
