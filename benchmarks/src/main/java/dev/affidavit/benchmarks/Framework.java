package dev.affidavit.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** A logging framework: how its configuration file is named to it, and how it ends. */
enum Framework {
    LOGBACK("logback", "logback.configurationFile") {
        @Override
        void shutDown() {
            ILoggerFactory factory = LoggerFactory.getILoggerFactory();
            ((ch.qos.logback.classic.LoggerContext) factory).stop();
        }
    },
    LOG4J2("log4j2", "log4j2.configurationFile") {
        @Override
        void shutDown() {
            LogManager.shutdown();
        }
    };

    private final String key;
    private final String configurationProperty;

    Framework(String key, String configurationProperty) {
        this.key = key;
        this.configurationProperty = configurationProperty;
    }

    abstract void shutDown();

    /** The file in which the build lists the jars of a process with this framework and no other. */
    Path classPathFile(Path buildDirectory) {
        return buildDirectory.resolve("class-paths").resolve(key);
    }

    List<String> jvmOptions(String configurationResource) {
        return List.of("-D" + configurationProperty + "=" + configurationResource);
    }
}
