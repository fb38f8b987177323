package dev.affidavit.application;

import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** SLF4J. */
public final class Slf4jLogger implements PlainLogger {
    private final Logger logger = LoggerFactory.getLogger("app");

    @Override
    public void audit(EventType type, String message, @Nullable Throwable thrown) {
        logger.warn(AuditMarkers.of(type), message, thrown);
    }

    @Override
    public void info(String message) {
        logger.info(message);
    }

    @Override
    public void context(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
