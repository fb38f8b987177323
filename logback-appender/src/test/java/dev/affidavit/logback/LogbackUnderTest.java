package dev.affidavit.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
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
import org.slf4j.LoggerFactory;

/** Logback, configured in XML. */
final class LogbackUnderTest implements FrameworkUnderTest {
    private static final Map<String, String> QUEUES = Map.of(
            "queue that discards",
            "",
            "queue that blocks",
            "<discardingThreshold>0</discardingThreshold>",
            "queue that never blocks",
            "<discardingThreshold>0</discardingThreshold><neverBlock>true</neverBlock>");

    @Override
    public void configure(Setup setup) {
        configure(document(setup));
    }

    private static String document(Setup setup) {
        String queue = QUEUES.get(setup.queue());
        return """
                <configuration>
                  %s
                  %s
                  %s
                  <root level="%s"><appender-ref ref="%s"/></root>
                </configuration>
                """.formatted(
                        setup.isHooked() ? "<shutdownHook/>" : "",
                        appender(setup),
                        queue == null ? "" : """
                        <appender name="queue" class="ch.qos.logback.classic.AsyncAppender">
                          <queueSize>16</queueSize>%s<appender-ref ref="audit"/>
                        </appender>""".formatted(queue),
                        setup.level(),
                        queue == null ? "audit" : "queue");
    }

    @Override
    public List<String> queues() {
        return QUEUES.keySet().stream().sorted().toList();
    }

    @Override
    public boolean keepsAll(String queue) {
        return queue.equals("queue that blocks");
    }

    @Override
    public ChildJvm.Builder program(Class<?> main, Setup setup, Path directory) {
        try {
            Path file = Files.writeString(directory.resolve("logback.xml"), document(setup));
            return ChildJvm.of(main).option("-Dlogback.configurationFile=" + file.toUri());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String appender(Setup setup) {
        return "<appender name=\"audit\" class=\"dev.affidavit.logback.AuditAppender\">%s%s%s</appender>"
                .formatted(elements(setup.options()), elements(setup.elements()), setup.markup());
    }

    private static String elements(List<Setup.ElementSetup> all) {
        StringBuilder elements = new StringBuilder();
        all.forEach(element -> elements.append("<%s>%s%s</%s>"
                .formatted(element.name(), content(element), elements(element.below()), element.name())));
        return elements.toString();
    }

    /** A listener has elements of its own for two options only. */
    private static String content(Setup.ElementSetup element) {
        if (!element.name().equals("AuditListener")) {
            return elements(element.options());
        }
        StringBuilder content = new StringBuilder();
        element.options().forEach((name, value) -> {
            boolean own = name.equals("provider") || name.equals("name");
            content.append(
                    own
                            ? elements(Map.of(name, value))
                            : "<option>%s</option>".formatted(elements(Map.of("name", name, "value", value))));
        });
        return content.toString();
    }

    private static String elements(Map<String, String> options) {
        StringBuilder elements = new StringBuilder();
        options.forEach((name, value) -> elements.append("<%s>%s</%s>".formatted(name, Setup.escape(value), name)));
        return elements.toString();
    }

    static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    static LoggerContext configure(String xml) {
        LoggerContext context = context();
        context.reset();
        JoranConfigurator joran = new JoranConfigurator();
        joran.setContext(context);
        try {
            joran.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
        return context;
    }

    @Override
    public void unconfigure() {
        context().reset();
    }

    @Override
    public boolean keepsKeyValuesApart() {
        return true;
    }

    @Override
    public boolean keepsCallsWhileItIsReconfigured() {
        return false;
    }
}
