package dev.affidavit.benchmarks;

import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** The product through a plain SLF4J logger: a marker that names the event type, and key-values. */
final class AuditKeyValuesCall implements Call {
    private final Logger logger = LoggerFactory.getLogger("security");
    private final Marker marker = AuditMarkers.of(EventType.AUTH_SUCCESS);
    private final SampleEvent event;
    private final Framework framework;

    AuditKeyValuesCall(SampleEvent event, Framework framework) {
        this.event = event;
        this.framework = framework;
    }

    @Override
    public void make() {
        logger.atInfo()
                .addMarker(marker)
                .addKeyValue("username", event.username())
                .addKeyValue("session_id", event.sessionId())
                .addKeyValue("ip_address", event.ipAddress())
                .addKeyValue("port", event.port())
                .addKeyValue("user_agent", event.userAgent())
                .addKeyValue("auth_method", event.authMethod())
                .addKeyValue("success", true)
                .addKeyValue("error_code", event.errorCode())
                .log(event.description());
    }

    @Override
    public void close() {
        framework.shutDown();
    }
}
