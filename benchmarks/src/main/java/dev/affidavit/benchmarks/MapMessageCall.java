package dev.affidavit.benchmarks;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.message.StringMapMessage;

/** JsonTemplateLayout through Log4j's own structured message. */
final class MapMessageCall implements Call {
    private final Logger logger = LogManager.getLogger("security");
    private final SampleEvent event;
    private final Framework framework;

    MapMessageCall(SampleEvent event, Framework framework) {
        this.event = event;
        this.framework = framework;
    }

    @Override
    public void make() {
        logger.info(new StringMapMessage()
                .with("id", event.id())
                .with("event_type", event.type())
                .with("username", event.username())
                .with("session_id", event.sessionId())
                .with("ip_address", event.ipAddress())
                .with("port", event.port())
                .with("user_agent", event.userAgent())
                .with("description", event.description())
                .with("auth_method", event.authMethod())
                .with("success", true)
                .with("error_code", event.errorCode()));
    }

    @Override
    public void close() {
        framework.shutDown();
    }
}
