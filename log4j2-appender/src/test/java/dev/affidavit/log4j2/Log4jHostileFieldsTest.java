package dev.affidavit.log4j2;

import dev.affidavit.testkit.hostile.HostileFields;
import dev.affidavit.testkit.hostile.HostileFieldsContract;
import dev.affidavit.testkit.hostile.Route;
import dev.affidavit.testkit.hostile.Said;
import dev.affidavit.testkit.hostile.SaidEvent;
import java.nio.CharBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.StringMapMessage;
import org.apache.logging.log4j.message.StructuredDataMessage;

final class Log4jHostileFieldsTest extends HostileFieldsContract {
    private static final Logger LOGGER = LogManager.getLogger("app");

    Log4jHostileFieldsTest() {
        super(new Log4jUnderTest());
    }

    @Override
    protected Map<String, Route> furtherRoutes() {
        Map<String, Route> routes = new LinkedHashMap<>();
        routes.put("Log4j: MapMessage", Log4jHostileFieldsTest::map);
        routes.put("Log4j: StructuredDataMessage", Log4jHostileFieldsTest::structured);
        routes.put("Log4j: ThreadContext", Log4jHostileFieldsTest::context);
        routes.put("Log4j: an event as the message", Log4jHostileFieldsTest::message);
        routes.put("Log4j: an event as an argument", Log4jHostileFieldsTest::argument);
        routes.put("Log4j: marker and arguments", Log4jHostileFieldsTest::arguments);
        return routes;
    }

    private static SaidEvent map(HostileFields fields) {
        StringMapMessage message = new StringMapMessage();
        fill(message, fields);
        message.with("event_type", fields.type().name()).with(fields.text("key"), fields.text("value"));
        LOGGER.info(AuditMarkers.audit(), message);
        return fields.said();
    }

    /** Log4j itself refuses most keys there. */
    private static SaidEvent structured(HostileFields fields) {
        StructuredDataMessage message = new StructuredDataMessage(
                "id@1", fields.text("description"), fields.type().name());
        fill(message, fields);
        message.with("key", fields.text("value"));
        LOGGER.info(AuditMarkers.audit(), message);
        SaidEvent said = new SaidEvent(fields.type().name()).detail("key", Said.text(fields.text("value")));
        HostileFields.TEXT_FIELDS.forEach(field -> said.with(field, fields.text(field)));
        return said;
    }

    private static void fill(MapMessage<?, ?> message, HostileFields fields) {
        HostileFields.TEXT_FIELDS.forEach(field -> message.with(field, fields.text(field)));
    }

    private static SaidEvent context(HostileFields fields) {
        Map<String, String> values = new LinkedHashMap<>(fields.texts());
        values.keySet().removeAll(List.of("description", "key", "value"));
        values.put("event_type", fields.type().name());
        values.put(fields.text("key"), fields.text("value"));
        ThreadContext.putAll(values);
        LOGGER.info(AuditMarkers.audit(), fields.text("description"));
        ThreadContext.clearMap();
        return fields.said();
    }

    private static SaidEvent message(HostileFields fields) {
        LOGGER.info((Object) fields.event());
        return fields.said();
    }

    private static SaidEvent argument(HostileFields fields) {
        LOGGER.atInfo().withMarker(AuditMarkers.audit()).log("{} {}", fields.text("value"), fields.event());
        return fields.said();
    }

    private static SaidEvent arguments(HostileFields fields) {
        String name = fields.type().name();
        String user = fields.text("username");
        String value = fields.text("value");
        LOGGER.info(
                MarkerManager.getMarker(name).addParents(AuditMarkers.audit()),
                "{} did {}",
                user,
                CharBuffer.wrap(value));
        return new SaidEvent(name).with("description", user + " did " + value);
    }
}
