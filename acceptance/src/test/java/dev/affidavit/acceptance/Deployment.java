package dev.affidavit.acceptance;

import ch.qos.logback.classic.LoggerContext;
import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.apache.logging.log4j.LogManager;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** What an application server deploys: loaded by a class loader of its own, and used through a type of the JDK alone. */
public final class Deployment implements UnaryOperator<String> {
    static final String STOP = "stop";
    static final String RECORDED = "recorded";

    private final AuditLogger audit = AuditLogger.get("deployment").withReceiptTimeout(Duration.ZERO);

    /** Records an event of this name, or stops logging. Returns {@link #RECORDED}, or why not. */
    @Override
    public String apply(String name) {
        if (name.equals(STOP)) {
            stopLogging();
            return STOP;
        }
        try {
            audit.record(EventType.AUTH_SUCCESS, event -> event.sessionId(name));
            return RECORDED;
        } catch (AuditException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** As the servlet support of either framework does it. */
    private static void stopLogging() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (Logback.isBehind(factory)) {
            Logback.stop(factory);
        } else {
            LogManager.shutdown();
        }
    }

    /** Apart, for it may not be on the class path. */
    private static final class Logback {
        private Logback() {}

        static boolean isBehind(ILoggerFactory factory) {
            return factory.getClass().getName().startsWith("ch.qos.logback.");
        }

        static void stop(ILoggerFactory factory) {
            ((LoggerContext) factory).stop();
        }
    }
}
