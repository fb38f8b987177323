package dev.affidavit.log4j2;

import java.beans.PropertyChangeListener;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.jspecify.annotations.Nullable;

/** Waits for the moment when a configuration that has been built and started is in force. */
final class Installation {
    private final Configuration configuration;
    private final Runnable then;
    private final PropertyChangeListener listener;

    Installation(Configuration configuration, Runnable then) {
        this.configuration = configuration;
        this.then = then;
        this.listener = change -> {
            if (LoggerContext.PROPERTY_CONFIG.equals(change.getPropertyName())
                    && change.getNewValue() == this.configuration) {
                forget();
                this.then.run();
            }
        };
    }

    void await() {
        LoggerContext context = configuration.getLoggerContext();
        if (context != null) {
            context.addPropertyChangeListener(listener);
        }
    }

    void forget() {
        @Nullable LoggerContext context = configuration.getLoggerContext();
        if (context != null) {
            context.removePropertyChangeListener(listener);
        }
    }
}
