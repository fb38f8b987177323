package dev.affidavit.spi;

import dev.affidavit.AuditEvent;
import dev.affidavit.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@code AuditLogger} and {@code AuditContext} reach the logging framework of this process. Found by ServiceLoader;
 * of those that are active, the one with the highest rank is used. Thread-safe.
 */
public interface AuditBackend {
    /** Named in messages. */
    String name();

    /** Whether this process logs through that framework. */
    boolean isActive();

    /** 0 for plain SLF4J; a backend that can say more about why an event did not arrive ranks higher. */
    int rank();

    /**
     * Logs the event with marker {@code AUDIT}, as the sole argument of the message {@code {}}: never the description
     * as a format string.
     *
     * @param severity CRITICAL is logged as ERROR, WARNING as WARN, INFO as INFO
     */
    void log(String logger, Severity severity, AuditEvent event);

    /** Whether the framework was shut down: no use waiting for it. */
    boolean isShutDown();

    /** What may keep this event from an audit appender, each naming what to change; empty if nothing is seen. */
    List<String> obstacles(String logger, Severity severity, AuditEvent event);

    void putContext(String key, String value);

    @Nullable
    String getContext(String key);

    void removeContext(String key);
}
