package dev.affidavit.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.affidavit.testkit.appender.FrameworkUnderTest;
import dev.affidavit.testkit.appender.Setup;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Logback, configured in XML. */
final class LogbackUnderTest implements FrameworkUnderTest {
    @Override
    public void configure(Setup setup) {
        configure("""
                <configuration>
                  %s
                  <root level="%s"><appender-ref ref="audit"/></root>
                </configuration>
                """.formatted(appender(setup), setup.level()));
    }

    static String appender(Setup setup) {
        StringBuilder elements = new StringBuilder();
        setup.elements()
                .forEach(element ->
                        elements.append("<%s>%s</%s>".formatted(element.name(), content(element), element.name())));
        return "<appender name=\"audit\" class=\"dev.affidavit.logback.AuditAppender\">%s%s%s</appender>"
                .formatted(elements(setup.options()), elements, setup.markup());
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
