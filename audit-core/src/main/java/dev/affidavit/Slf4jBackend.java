package dev.affidavit;

import dev.affidavit.spi.AuditBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.helpers.NOPLoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

/** Any logging framework behind SLF4J. */
final class Slf4jBackend implements AuditBackend {
    @Override
    public String name() {
        return "SLF4J";
    }

    @Override
    public boolean isActive() {
        return !(LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory);
    }

    /** Whether another thread is finding out right now what is behind SLF4J; what is logged meanwhile is replayed. */
    static boolean isBeingInitialized() {
        return LoggerFactory.getILoggerFactory() instanceof SubstituteLoggerFactory;
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public void log(String loggerName, Severity severity, AuditEvent event) {
        Logger logger = LoggerFactory.getLogger(loggerName);
        Marker marker = AuditMarkers.audit();
        switch (severity) {
            case INFO -> logger.info(marker, "{}", event);
            case WARNING -> logger.warn(marker, "{}", event);
            case CRITICAL -> logger.error(marker, "{}", event);
        }
    }

    @Override
    public boolean isShutDown() {
        return false;
    }

    @Override
    public List<String> obstacles(String loggerName, Severity severity, AuditEvent event) {
        Logger logger = LoggerFactory.getLogger(loggerName);
        boolean enabled = switch (severity) {
            case INFO -> logger.isInfoEnabled(AuditMarkers.audit());
            case WARNING -> logger.isWarnEnabled(AuditMarkers.audit());
            case CRITICAL -> logger.isErrorEnabled(AuditMarkers.audit());
        };
        return enabled
                ? List.of()
                : List.of("logger '%s' does not let a %s event pass; set its level to all"
                        .formatted(loggerName, severity));
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
