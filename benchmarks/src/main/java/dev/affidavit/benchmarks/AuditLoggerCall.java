package dev.affidavit.benchmarks;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;

/** The product through its own logger, which hands over the event as an object. */
final class AuditLoggerCall implements Call {
    private final AuditLogger audit = AuditLogger.get("security");
    private final SampleEvent event;
    private final Framework framework;

    AuditLoggerCall(SampleEvent event, Framework framework) {
        this.event = event;
        this.framework = framework;
    }

    @Override
    public void make() {
        audit.record(
                EventType.AUTH_SUCCESS,
                e -> e.username(event.username())
                        .sessionId(event.sessionId())
                        .ipAddress(event.ipAddress())
                        .port(event.port())
                        .userAgent(event.userAgent())
                        .description(event.description())
                        .detail("auth_method", event.authMethod()));
    }

    @Override
    public void close() {
        framework.shutDown();
    }
}
