package dev.affidavit.log4j2;

import dev.affidavit.spi.FrameworkStatus;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.status.StatusLogger;
import org.jspecify.annotations.Nullable;

/** Log4j's status logger. */
final class StatusLog implements FrameworkStatus {
    private static final Logger LOGGER = StatusLogger.getLogger();

    @Override
    public void info(String message) {
        LOGGER.info("{}", message);
    }

    @Override
    public void warn(String message) {
        LOGGER.warn("{}", message);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        LOGGER.error("{}", message, cause);
    }
}
