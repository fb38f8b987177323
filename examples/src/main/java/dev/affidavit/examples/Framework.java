package dev.affidavit.examples;

import ch.qos.logback.classic.LoggerContext;
import org.apache.logging.log4j.LogManager;
import org.slf4j.LoggerFactory;

/** The logging frameworks that the shop can run on: the class path has one of them, and its configuration. */
enum Framework {
    LOGBACK("logback", "ch.qos.logback.") {
        @Override
        void stop() {
            ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
        }
    },
    LOG4J2("log4j2", "org.apache.logging.") {
        @Override
        void stop() {
            LogManager.shutdown();
        }
    };

    private final String option;
    private final String prefix;

    Framework(String option, String prefix) {
        this.option = option;
        this.prefix = prefix;
    }

    static Framework of(String name) {
        for (Framework framework : values()) {
            if (framework.option.equals(name)) {
                return framework;
            }
        }
        throw new IllegalArgumentException("--framework: expected logback or log4j2, found '" + name + "'");
    }

    /** Starts it. False if another one is on the class path. */
    boolean start() {
        return LoggerFactory.getLogger(Framework.class).getClass().getName().startsWith(prefix);
    }

    /** Stops it, and with it the audit log. An application need not: both do so when the JVM ends. */
    abstract void stop();

    @Override
    public String toString() {
        return option;
    }
}
