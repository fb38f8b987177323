package dev.affidavit.log4j2;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.appender.FrameworkUnderTest;
import dev.affidavit.testkit.appender.Setup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;

/** Log4j 2, configured in XML. */
final class Log4jUnderTest implements FrameworkUnderTest {
    @Override
    public void configure(Setup setup) {
        configure(document(setup));
    }

    private static String document(Setup setup) {
        String root = setup.queue().contains("logger") ? "AsyncRoot" : "Root";
        boolean isQueued = setup.queue().contains("appender");
        return """
                <Configuration status="OFF"%s>
                  <Appenders>%s%s</Appenders>
                  <Loggers><%s level="%s"><AppenderRef ref="%s"/></%s></Loggers>
                </Configuration>
                """.formatted(
                        setup.isHooked() ? "" : " shutdownHook=\"disable\"",
                        appender(setup),
                        isQueued ? "<Async name=\"queue\" bufferSize=\"16\"><AppenderRef ref=\"audit\"/></Async>" : "",
                        root,
                        setup.level(),
                        isQueued ? "queue" : "audit",
                        root);
    }

    @Override
    public List<String> queues() {
        return List.of("async appender", "async logger", "async logger and appender");
    }

    @Override
    public boolean keepsAll(String queue) {
        return true;
    }

    @Override
    public ChildJvm.Builder program(Class<?> main, Setup setup, Path directory) {
        try {
            Path file = Files.writeString(directory.resolve("log4j2.xml"), document(setup));
            return ChildJvm.of(main).option("-Dlog4j2.configurationFile=" + file.toUri());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String appender(Setup setup) {
        return "<Audit name=\"audit\"%s>%s%s</Audit>"
                .formatted(attributes(setup.options()), elements(setup.elements()), setup.markup());
    }

    private static String elements(List<Setup.ElementSetup> all) {
        StringBuilder elements = new StringBuilder();
        all.forEach(element -> elements.append("<%s%s>%s</%s>"
                .formatted(element.name(), attributes(element.options()), elements(element.below()), element.name())));
        return elements.toString();
    }

    private static String attributes(Map<String, String> options) {
        StringBuilder attributes = new StringBuilder();
        options.forEach((name, value) -> attributes.append(" %s=\"%s\"".formatted(name, Setup.escape(value))));
        return attributes.toString();
    }

    static LoggerContext configure(String xml) {
        LoggerContext context = LoggerContext.getContext(false);
        try {
            ConfigurationSource source =
                    new ConfigurationSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
            context.reconfigure(new XmlConfiguration(context, source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return context;
    }

    @Override
    public void unconfigure() {
        LoggerContext.getContext(false).reconfigure(new DefaultConfiguration());
    }

    @Override
    public boolean keepsKeyValuesApart() {
        return false;
    }

    @Override
    public boolean keepsCallsWhileItIsReconfigured() {
        return true;
    }
}
