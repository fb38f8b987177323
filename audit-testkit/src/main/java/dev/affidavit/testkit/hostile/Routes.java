package dev.affidavit.testkit.hostile;

import dev.affidavit.AuditEvent;
import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import java.nio.CharBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/** The ways that every framework has. They expect {@code contextKeys="*"}. */
final class Routes {
    private static final AuditLogger AUDIT = AuditLogger.get("security");
    private static final Logger LOGGER = LoggerFactory.getLogger("app");

    private Routes() {}

    static Map<String, Route> all() {
        Map<String, Route> routes = new LinkedHashMap<>();
        routes.put("AuditLogger.record(event)", Routes::event);
        routes.put("AuditLogger.record(type, fields)", Routes::fields);
        routes.put("AuditLogger.event(type)", Routes::fluent);
        routes.put("an event as the argument of a plain logger", Routes::argument);
        routes.put("key-values", Routes::keyValues);
        routes.put("context", Routes::context);
        routes.put("message", Routes::message);
        routes.put("arguments of a message", Routes::arguments);
        routes.put("throwable", Routes::throwable);
        return routes;
    }

    private static SaidEvent event(HostileFields fields) {
        AUDIT.record(fields.event());
        return fields.said();
    }

    private static SaidEvent fields(HostileFields fields) {
        String key = fields.text("key");
        String value = fields.text("value");
        AUDIT.record(
                fields.type(),
                event -> event.username(fields.text("username"))
                        .command(fields.text("command"))
                        .detail("map", Map.of(key, value))
                        .detail("list", List.of(value, CharBuffer.wrap(value)))
                        .detail("array", new String[] {value, key}));
        Said text = Said.text(value);
        return new SaidEvent(fields.type().name())
                .with("username", fields.text("username"))
                .with("command", fields.text("command"))
                .detail("map", Said.object(Map.of(HostileFields.key(key), text)))
                .detail("list", Said.list(text, text))
                .detail("array", Said.list(text, Said.text(key)));
    }

    private static SaidEvent fluent(HostileFields fields) {
        AuditEvent event = fields.event();
        AUDIT.event(event.type())
                .username(event.username())
                .sessionId(event.sessionId())
                .ipAddress(event.ipAddress())
                .userAgent(event.userAgent())
                .description(event.description())
                .failed(fields.text("error_code"))
                .databaseName(event.databaseName())
                .objectType(event.objectType())
                .objectName(event.objectName())
                .command(event.command())
                .details(event.details())
                .log();
        return fields.said().with("success", Said.bool(false));
    }

    private static SaidEvent argument(HostileFields fields) {
        LOGGER.info(AuditMarkers.audit(), "{}", fields.event());
        return fields.said();
    }

    private static SaidEvent keyValues(HostileFields fields) {
        LoggingEventBuilder call = LOGGER.atInfo().addMarker(AuditMarkers.of(fields.type()));
        for (String field : HostileFields.TEXT_FIELDS) {
            if (!field.equals("description")) {
                call = call.addKeyValue(field, fields.text(field));
            }
        }
        // As an argument: a message is a pattern to some frameworks, even if it has none.
        call.addKeyValue(fields.text("key"), fields.text("value")).log("{}", fields.text("description"));
        return fields.said();
    }

    private static SaidEvent context(HostileFields fields) {
        for (String field : HostileFields.TEXT_FIELDS) {
            if (!field.equals("description")) {
                MDC.put(field, fields.text(field));
            }
        }
        MDC.put("event_type", fields.type().name());
        MDC.put(fields.text("key"), fields.text("value"));
        try {
            LOGGER.info(AuditMarkers.audit(), fields.text("description"));
        } finally {
            MDC.clear();
        }
        return fields.said();
    }

    private static SaidEvent message(HostileFields fields) {
        LOGGER.info(AuditMarkers.audit(), fields.text("description"));
        return new SaidEvent("UNSPECIFIED").with("description", fields.text("description"));
    }

    private static SaidEvent arguments(HostileFields fields) {
        String user = fields.text("username");
        String value = fields.text("value");
        LOGGER.info(AuditMarkers.audit(), "{} did {}", user, CharBuffer.wrap(value));
        return new SaidEvent("UNSPECIFIED").with("description", user + " did " + value);
    }

    private static SaidEvent throwable(HostileFields fields) {
        String text = fields.text("value");
        LOGGER.info(AuditMarkers.audit(), "x", new IllegalStateException(text, new Error(text)));
        Map<String, Said> exception = new LinkedHashMap<>();
        exception.put("class", Said.text(IllegalStateException.class.getName()));
        exception.put("message", Said.text(text));
        return new SaidEvent("UNSPECIFIED").with("description", "x").detail("exception", Said.object(exception));
    }
}
