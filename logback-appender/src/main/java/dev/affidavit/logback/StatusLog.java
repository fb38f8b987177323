package dev.affidavit.logback;

import ch.qos.logback.core.spi.ContextAware;
import dev.affidavit.spi.FrameworkStatus;
import org.jspecify.annotations.Nullable;

/** Logback's status manager. */
record StatusLog(ContextAware appender) implements FrameworkStatus {
    @Override
    public void info(String message) {
        appender.addInfo(message);
    }

    @Override
    public void warn(String message) {
        appender.addWarn(message);
    }

    /** For a warning Logback would print all that it has to say of its start, to standard output, where others read. */
    @Override
    public void notice(String message) {
        appender.addInfo(message);
        System.err.println(message);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        appender.addError(message, cause);
    }
}
