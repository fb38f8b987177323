package dev.affidavit.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.affidavit.AuditEvent;
import dev.affidavit.AuditMarkers;
import dev.affidavit.Severity;
import dev.affidavit.spi.AuditBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;

/** Logback behind SLF4J. */
public final class LogbackBackend implements AuditBackend {
    @Override
    public String name() {
        return "Logback";
    }

    @Override
    public boolean isActive() {
        return context() != null;
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public void log(String loggerName, Severity severity, AuditEvent event) {
        LoggerContext context = context();
        if (context == null) {
            return;
        }
        Logger logger = context.getLogger(loggerName);
        Marker marker = AuditMarkers.audit();
        // Not the fluent API: it asks turbo filters without the marker.
        switch (severity) {
            case INFO -> logger.info(marker, "{}", event);
            case WARNING -> logger.warn(marker, "{}", event);
            case CRITICAL -> logger.error(marker, "{}", event);
        }
    }

    private static @Nullable LoggerContext context() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext logback ? logback : null;
    }

    @Override
    public boolean isShutDown() {
        LoggerContext context = context();
        return context != null && !context.isStarted();
    }

    @Override
    public List<String> obstacles(String logger, Severity severity, AuditEvent event) {
        LoggerContext context = context();
        return context == null ? List.of() : new Obstacles(context, logger, Levels.of(severity), event).find();
    }

    @Override
    public void putContext(String key, String value) {
        MDC.put(key, value);
    }

    @Override
    public @Nullable String getContext(String key) {
        return MDC.get(key);
    }

    @Override
    public void removeContext(String key) {
        MDC.remove(key);
    }
}
