package dev.affidavit.log4j2;

import dev.affidavit.AuditException;
import dev.affidavit.config.ConfigNode;
import dev.affidavit.trail.AuditSink;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.appender.AppenderLoggingException;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginConfiguration;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.jspecify.annotations.Nullable;

/**
 * The element {@code <Audit>}: records audit events. A bad configuration makes it refuse every audit event; it is never
 * absent. Thread-safe.
 *
 * <p>A caller whose event cannot be recorded gets an {@link AppenderLoggingException}, caused by an {@link
 * AuditException}, if the failure policy says so. Such an exception ends Log4j's walk over the appenders, so that those
 * behind this one do not see the event.
 */
@Plugin(name = "Audit", category = Core.CATEGORY_NAME, elementType = Appender.ELEMENT_TYPE)
public final class AuditAppender extends AbstractAppender {
    private final ConfigNode config;
    private final List<String> problems;
    private final Installation installation;
    /** Null until started. */
    private volatile @Nullable AuditSink sink;

    private AuditAppender(String name, Element element, Configuration configuration) {
        // Exceptions are never ignored here: the failure policy decides what the caller gets.
        super(name, element.filter(), null, false, Property.EMPTY_ARRAY);
        this.config = element.config();
        this.problems = element.problems();
        this.installation = new Installation(configuration, this::installed);
    }

    @PluginFactory
    static AuditAppender create(
            @WholeElement(filterable = true) Element element, @PluginConfiguration Configuration configuration) {
        // Without a name the core refuses; Log4j wants one even so.
        return new AuditAppender(element.config().values().getOrDefault("name", "Audit"), element, configuration);
    }

    @Override
    public void start() {
        if (sink == null) {
            setStarting();
            sink = AuditSink.open(config, problems, new StatusLog());
            installation.await();
        }
        super.start();
    }

    @Override
    public void append(LogEvent event) {
        AuditSink open = sink;
        if (open == null) {
            throw new AppenderLoggingException("audit appender '%s' was never started".formatted(getName()));
        }
        try {
            open.accept(new LogEventCall(event));
        } catch (AuditException e) {
            throw new AppenderLoggingException(e.getMessage(), e);
        }
    }

    private void installed() {
        AuditSink open = sink;
        if (open != null) {
            open.installed();
        }
    }

    /** What makes this appender refuse; empty if it records. */
    List<String> problems() {
        AuditSink open = sink;
        return open == null ? problems : open.problems();
    }

    @Override
    public boolean stop(long timeout, TimeUnit timeUnit) {
        setStopping();
        boolean stopped = super.stop(timeout, timeUnit, false);
        installation.forget();
        AuditSink open = sink;
        if (open != null) {
            open.close();
        }
        setStopped();
        return stopped;
    }
}
