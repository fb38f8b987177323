package dev.affidavit.fuzzing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditEvent;
import dev.affidavit.json.Origin;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What docs/format.md promises of the line of an event. */
final class Promises {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final AuditEvent event;
    private final Origin origin;
    private final Instant now;

    Promises(AuditEvent event, Origin origin, Instant now) {
        this.event = event;
        this.origin = origin;
        this.now = now;
    }

    void hold(WrittenLine line) {
        JsonNode json = line.json();
        Map<String, @Nullable Object> fields = fields();
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        names.remove("id");
        if (!names.equals(List.copyOf(fields.keySet()))) {
            throw new AssertionError("expected " + fields.keySet() + ", found " + names);
        }
        if (!json.path("id").textValue().matches("evt_\\d{19}_\\d{10}")) {
            throw new AssertionError(json.path("id"));
        }
        Reading reading = Reading.of(fields);
        fields.forEach((name, said) -> reading.hold(name, json.get(name), said));
    }

    private Map<String, @Nullable Object> fields() {
        Instant said = event.timestamp();
        boolean sayable = said == null || (!said.isBefore(FIRST) && !said.isAfter(LAST));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("timestamp", TIMESTAMP.format(said == null || !sayable ? now : said));
        fields.put("event_type", event.type().name());
        fields.put("severity", event.effectiveSeverity().name());
        fields.put("username", orEmpty(event.username()));
        fields.put("session_id", orEmpty(event.sessionId()));
        fields.put("ip_address", orEmpty(event.ipAddress()));
        fields.put("port", event.port());
        fields.put("user_agent", orEmpty(event.userAgent()));
        fields.put("description", orEmpty(event.description()));
        fields.put("details", sayable ? event.details() : with(event.details(), "timestamp", String.valueOf(said)));
        fields.put(
                "success",
                Objects.requireNonNullElse(event.success(), event.type().success()));
        fields.put("error_code", orEmpty(event.errorCode()));
        putIfSaid(fields, "database_name", event.databaseName());
        putIfSaid(fields, "object_type", event.objectType());
        putIfSaid(fields, "object_name", event.objectName());
        putIfSaid(fields, "command", event.command());
        putIfSaid(
                fields, "rows_affected", event.rowsAffected() == null ? null : new Reading.Exact(event.rowsAffected()));
        if (!origin.service().isEmpty()) {
            fields.put("service", origin.service());
            fields.put("host", origin.host());
        }
        return fields;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static void putIfSaid(Map<String, @Nullable Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static Map<String, @Nullable Object> with(Map<String, @Nullable Object> details, String key, String value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(details);
        String free = key;
        for (int i = 2; more.containsKey(free); i++) {
            free = key + "#" + i;
        }
        more.put(free, value);
        return more;
    }
}
