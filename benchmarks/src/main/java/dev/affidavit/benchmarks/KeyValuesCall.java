package dev.affidavit.benchmarks;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A peer through SLF4J key-values. */
final class KeyValuesCall implements Call {
    private final Logger logger = LoggerFactory.getLogger("security");
    private final SampleEvent event;
    private final Framework framework;
    private final String detailsKey;
    private final Object details;

    private KeyValuesCall(SampleEvent event, Framework framework, String detailsKey, Object details) {
        this.event = event;
        this.framework = framework;
        this.detailsKey = detailsKey;
        this.details = details;
    }

    /** For an encoder that writes a map as an object. */
    static KeyValuesCall withMap(SampleEvent event, Framework framework) {
        return new KeyValuesCall(event, framework, "details", Map.of("auth_method", event.authMethod()));
    }

    /** For a layout that gets texts alone, and has the object {@code details} in its template. */
    static KeyValuesCall withText(SampleEvent event, Framework framework) {
        return new KeyValuesCall(event, framework, "auth_method", event.authMethod());
    }

    @Override
    public void make() {
        logger.atInfo()
                .addKeyValue("id", event.id())
                .addKeyValue("event_type", event.type())
                .addKeyValue("username", event.username())
                .addKeyValue("session_id", event.sessionId())
                .addKeyValue("ip_address", event.ipAddress())
                .addKeyValue("port", event.port())
                .addKeyValue("user_agent", event.userAgent())
                .addKeyValue(detailsKey, details)
                .addKeyValue("success", true)
                .addKeyValue("error_code", event.errorCode())
                .log(event.description());
    }

    @Override
    public void close() {
        framework.shutDown();
    }
}
