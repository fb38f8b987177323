package dev.affidavit.application.log4j;

import dev.affidavit.EventType;
import dev.affidavit.application.PlainLogger;
import dev.affidavit.application.SimpleApplication;
import dev.affidavit.log4j2.AuditMarkers;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;

/** An application over log4j-api, without a provider of SLF4J. */
public final class Log4jOnlyApplication implements PlainLogger {
    private final Logger logger = LogManager.getLogger("app");

    public static void main(String[] arguments) {
        SimpleApplication.run(new Log4jOnlyApplication());
    }

    @Override
    public void audit(EventType type, String message, Throwable thrown) {
        logger.warn(AuditMarkers.of(type), message, thrown);
    }

    @Override
    public void info(String message) {
        logger.info(message);
    }

    @Override
    public void context(String key, String value) {
        if (value == null) {
            ThreadContext.remove(key);
        } else {
            ThreadContext.put(key, value);
        }
    }
}
