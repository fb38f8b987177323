package dev.affidavit.benchmarks;

import static net.logstash.logback.argument.StructuredArguments.keyValue;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** LogstashEncoder through its own structured arguments. */
final class StructuredArgumentsCall implements Call {
    private final Logger logger = LoggerFactory.getLogger("security");
    private final SampleEvent event;
    private final Framework framework;
    private final Map<String, String> details;

    StructuredArgumentsCall(SampleEvent event, Framework framework) {
        this.event = event;
        this.framework = framework;
        this.details = Map.of("auth_method", event.authMethod());
    }

    @Override
    public void make() {
        logger.info(
                event.description(),
                keyValue("id", event.id()),
                keyValue("event_type", event.type()),
                keyValue("username", event.username()),
                keyValue("session_id", event.sessionId()),
                keyValue("ip_address", event.ipAddress()),
                keyValue("port", event.port()),
                keyValue("user_agent", event.userAgent()),
                keyValue("details", details),
                keyValue("success", true),
                keyValue("error_code", event.errorCode()));
    }

    @Override
    public void close() {
        framework.shutDown();
    }
}
