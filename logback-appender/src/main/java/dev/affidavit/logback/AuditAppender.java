package dev.affidavit.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.spi.ConfigurationEventListener;
import ch.qos.logback.core.spi.FilterReply;
import dev.affidavit.AuditException;
import dev.affidavit.config.ConfigNode;
import dev.affidavit.trail.AuditSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records audit events. Its setters keep texts, which the core reads; what they mean, and their defaults, stand in
 * docs/configuration.md. A bad configuration makes it refuse every audit event; it is never absent. Thread-safe once
 * started.
 *
 * <p>A caller whose event cannot be recorded gets an {@link AuditException}, if the failure policy says so. Such an
 * exception ends Logback's walk over the appenders, so that those behind this one do not see the event.
 */
public final class AuditAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<AuditElement> elements = new ArrayList<>();
    private final ConfigurationEventListener installation = this::onConfiguration;
    private @Nullable Ignored ignored;
    /** Null until started. */
    private volatile @Nullable AuditSink sink;

    @Override
    public void setContext(Context context) {
        super.setContext(context);
        ignored = Ignored.from(context, this);
    }

    @Override
    public void setName(String text) {
        super.setName(text);
        values.put("name", text);
    }

    public void setMarker(String text) {
        values.put("marker", text);
    }

    public void setDirectory(String text) {
        values.put("directory", text);
    }

    public void setDurability(String text) {
        values.put("durability", text);
    }

    public void setOnFailure(String text) {
        values.put("onFailure", text);
    }

    public void setBufferSize(String text) {
        values.put("bufferSize", text);
    }

    public void setFlushInterval(String text) {
        values.put("flushInterval", text);
    }

    public void setMaxFileSize(String text) {
        values.put("maxFileSize", text);
    }

    public void setRotationInterval(String text) {
        values.put("rotationInterval", text);
    }

    public void setMaxFiles(String text) {
        values.put("maxFiles", text);
    }

    public void setMaxAge(String text) {
        values.put("maxAge", text);
    }

    public void setMinAge(String text) {
        values.put("minAge", text);
    }

    public void setMaxBytes(String text) {
        values.put("maxBytes", text);
    }

    public void setDiskReserve(String text) {
        values.put("diskReserve", text);
    }

    public void setDiskWarning(String text) {
        values.put("diskWarning", text);
    }

    public void setExternalForwarders(String text) {
        values.put("externalForwarders", text);
    }

    public void setUnshipped(String text) {
        values.put("unshipped", text);
    }

    public void setFilePermissions(String text) {
        values.put("filePermissions", text);
    }

    public void setForceTimeout(String text) {
        values.put("forceTimeout", text);
    }

    public void setLockTimeout(String text) {
        values.put("lockTimeout", text);
    }

    public void setService(String text) {
        values.put("service", text);
    }

    public void setContextKeys(String text) {
        values.put("contextKeys", text);
    }

    public void addAuditForwarder(AuditForwarder forwarder) {
        elements.add(forwarder);
    }

    public void addAuditListener(AuditListener listener) {
        elements.add(listener);
    }

    public void addAuditSeal(AuditSeal seal) {
        elements.add(seal);
    }

    public void addAuditEncryption(AuditEncryption encryption) {
        elements.add(encryption);
    }

    @Override
    public void start() {
        if (sink == null) {
            List<String> problems = new ArrayList<>();
            if (ignored != null) {
                ignored.names().forEach(name -> values.putIfAbsent(name, ""));
                problems.addAll(ignored.failures());
            }
            elements.forEach(element -> problems.addAll(element.problems()));
            List<ConfigNode> children =
                    elements.stream().map(AuditElement::toConfig).toList();
            sink = AuditSink.open(new ConfigNode("AuditAppender", values, children), problems, new StatusLog(this));
            if (getContext() != null) {
                getContext().addConfigurationEventListener(installation);
            }
        }
        super.start();
    }

    private void onConfiguration(ConfigurationEvent event) {
        AuditSink open = sink;
        if (open != null && isStarted() && isEnd(event)) {
            open.installed();
        }
    }

    private static boolean isEnd(ConfigurationEvent event) {
        return switch (event.getEventType()) {
            case CONFIGURATION_ENDED_SUCCESSFULLY, CONFIGURATION_ENDED_WITH_XML_PARSING_ERRORS -> true;
            default -> false;
        };
    }

    /** Not the inherited walk: that swallows every exception, and drops events before the start without a word. */
    @Override
    public void doAppend(ILoggingEvent event) {
        if (getFilterChainDecision(event) != FilterReply.DENY) {
            append(event);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        AuditSink open = sink;
        if (open == null) {
            throw new AuditException("audit appender '%s' was never started".formatted(getName()));
        }
        open.accept(new LoggingEventCall(event));
    }

    /** What makes this appender refuse; empty if it records. */
    List<String> problems() {
        AuditSink open = sink;
        return open == null ? List.of() : open.problems();
    }

    @Override
    public void stop() {
        super.stop();
        if (getContext() != null) {
            getContext().removeConfigurationEventListener(installation); // a reset leaves it where it is
        }
        AuditSink open = sink;
        if (open != null) {
            open.close();
        }
    }
}
