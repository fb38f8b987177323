package dev.affidavit.applications;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A logging framework, and how it is configured. */
enum Framework {
    LOGBACK("logback.xml", """
            <configuration>
              <appender name="audit" class="dev.affidavit.logback.AuditAppender">
                <directory>%s</directory>
                <service>payments</service>
                %s
              </appender>
              <root level="info"><appender-ref ref="audit"/></root>
            </configuration>
            """, "<colour>red</colour>"),
    LOG4J2("log4j2.xml", """
            <Configuration status="warn">
              <Appenders>
                <Audit name="audit" directory="%s" service="payments">%s</Audit>
              </Appenders>
              <Loggers><Root level="info"><AppenderRef ref="audit"/></Root></Loggers>
            </Configuration>
            """, "<colour/>");

    private final String standardName;
    private final String configuration;
    private final String unknownOption;

    Framework(String standardName, String configuration, String unknownOption) {
        this.standardName = standardName;
        this.configuration = configuration;
        this.unknownOption = unknownOption;
    }

    /** Writes a configuration, under the name that the framework looks for itself. */
    Path configure(Path folder, Path log) throws IOException {
        return write(folder, log, "");
    }

    /** Writes a configuration with an option {@code colour}, which there is not. */
    Path misconfigure(Path folder, Path log) throws IOException {
        return write(folder, log, unknownOption);
    }

    private Path write(Path folder, Path log, String option) throws IOException {
        return Files.writeString(folder.resolve(standardName), configuration.formatted(log, option));
    }
}
