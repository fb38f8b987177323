package dev.affidavit.acceptance;

import dev.affidavit.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A logging framework, configured as a user does it: one appender, one forwarder. */
enum Framework {
    LOG4J2("log4j2.xml", "log4j2.configurationFile", """
            <Configuration status="WARN">
              <Appenders>
                <Audit name="audit" directory="%s" maxFileSize="%s" maxFiles="${sys:acceptance.maxFiles:-100000}" service="acceptance"%s>
                  <AuditForwarder to="${sys:acceptance.to:-syslog}" name="soc" host="127.0.0.1" port="%d"/>
                </Audit>
              </Appenders>
              <Loggers><Root level="info"><AppenderRef ref="audit"/></Root></Loggers>
            </Configuration>
            """, "logback") {
        @Override
        String option(String name, String value) {
            return " %s=\"%s\"".formatted(name, value);
        }

        @Override
        String encryption(Path key, String keyId) {
            return "<AuditEncryption key=\"file:%s\" keyId=\"%s\"/>".formatted(key, keyId);
        }
    },
    LOGBACK("logback.xml", "logback.configurationFile", """
            <configuration>
              <shutdownHook/>
              <appender name="audit" class="dev.affidavit.logback.AuditAppender">
                <directory>%s</directory>
                <maxFileSize>%s</maxFileSize>
                <maxFiles>${acceptance.maxFiles:-100000}</maxFiles>
                <service>acceptance</service>%s
                <auditForwarder>
                  <to>${acceptance.to:-syslog}</to>
                  <name>soc</name>
                  <host>127.0.0.1</host>
                  <port>%d</port>
                </auditForwarder>
              </appender>
              <root level="info"><appender-ref ref="audit"/></root>
            </configuration>
            """, "log4j") {
        @Override
        String option(String name, String value) {
            return "<%s>%s</%s>".formatted(name, value, name);
        }

        @Override
        String encryption(Path key, String keyId) {
            return "<auditEncryption><key>file:%s</key><keyId>%s</keyId></auditEncryption>".formatted(key, keyId);
        }
    };

    private static final Pattern FORWARDER = Pattern.compile("<[Aa]uditForwarder");

    private final String fileName;
    private final String property;
    private final String configuration;
    /** How the parts of the other framework begin, and how this product's for it do. */
    private final String other;

    Framework(String fileName, String property, String configuration, String other) {
        this.fileName = fileName;
        this.property = property;
        this.configuration = configuration;
        this.other = other;
    }

    /** Has what was configured in this directory encrypt its log with a key. */
    void encrypt(Path directory, Path key, String keyId) throws IOException {
        Path file = directory.resolve(fileName);
        String text = Files.readString(file);
        Matcher forwarder = FORWARDER.matcher(text);
        if (!forwarder.find()) {
            throw new IllegalArgumentException("no forwarder in " + text);
        }
        Files.writeString(file, new StringBuilder(text).insert(forwarder.start(), encryption(key, keyId)));
    }

    /** The element that encrypts a log. */
    abstract String encryption(Path key, String keyId);

    /** An option of the appender, as this framework has it. */
    abstract String option(String name, String value);

    /** Configures {@link AuditedApplication} to use this framework and no other. */
    ChildJvm.Builder application(Path directory, String maxFileSize, int syslogPort) throws IOException {
        return application(AuditedApplication.class, directory, maxFileSize, syslogPort)
                .option("-Xmx128m");
    }

    /** The same for an application of another main class. */
    ChildJvm.Builder application(Class<?> main, Path directory, String maxFileSize, int syslogPort) throws IOException {
        return application(main, directory, directory.resolve("log"), maxFileSize, Map.of(), syslogPort);
    }

    /** The same for a log that is elsewhere, with other options of the appender. */
    ChildJvm.Builder application(
            Class<?> main, Path directory, Path log, String maxFileSize, Map<String, String> options, int syslogPort)
            throws IOException {
        return configure(ChildJvm.of(main), directory, log, maxFileSize, options, syslogPort)
                .without(other, "affidavit-" + other);
    }

    /** Lets a child use this framework, which must be the only one on its class path. */
    ChildJvm.Builder configure(
            ChildJvm.Builder child,
            Path directory,
            Path log,
            String maxFileSize,
            Map<String, String> options,
            int syslogPort)
            throws IOException {
        Path file = directory.resolve(fileName);
        String more = options.entrySet().stream()
                .map(option -> option(option.getKey(), option.getValue()))
                .collect(Collectors.joining());
        Files.writeString(file, configuration.formatted(log, maxFileSize, more, syslogPort));
        return child.option("-D%s=%s".formatted(property, file.toUri()));
    }
}
