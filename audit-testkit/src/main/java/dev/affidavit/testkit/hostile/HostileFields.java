package dev.affidavit.testkit.hostile;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A text for each place of an event that takes one, each another. Immutable.
 *
 * @param texts by field; {@code key} and {@code value} are those of a detail
 */
public record HostileFields(Map<String, String> texts) {
    /** The fields that hold text, but for the type. */
    public static final List<String> TEXT_FIELDS = List.of(
            "username",
            "session_id",
            "ip_address",
            "user_agent",
            "description",
            "error_code",
            "database_name",
            "object_type",
            "object_name",
            "command");

    private static final List<String> PLACES = Stream.concat(
                    TEXT_FIELDS.stream(), Stream.of("event_type", "key", "value"))
            .toList();
    private static final int LONGEST_KEY = 1024;

    /** As many as there are texts: each text comes once to each place, every time among others. */
    public static Stream<HostileFields> all(List<String> texts) {
        return IntStream.range(0, texts.size()).mapToObj(first -> {
            Map<String, String> placed = new LinkedHashMap<>();
            for (int i = 0; i < PLACES.size(); i++) {
                placed.put(PLACES.get(i), texts.get((first + i) % texts.size()));
            }
            return new HostileFields(placed);
        });
    }

    public String text(String place) {
        return texts.getOrDefault(place, "");
    }

    /** The type that the text names; a blank one names none. */
    public EventType type() {
        String name = text("event_type");
        return EventType.of(name.isBlank() ? "BLANK" : name);
    }

    public AuditEvent event() {
        return AuditEvent.builder(type())
                .username(text("username"))
                .sessionId(text("session_id"))
                .ipAddress(text("ip_address"))
                .userAgent(text("user_agent"))
                .description(text("description"))
                .errorCode(text("error_code"))
                .databaseName(text("database_name"))
                .objectType(text("object_type"))
                .objectName(text("object_name"))
                .command(text("command"))
                .detail(text("key"), text("value"))
                .build();
    }

    /** The line of {@link #event}. */
    public SaidEvent said() {
        SaidEvent said = new SaidEvent(type().name());
        TEXT_FIELDS.forEach(field -> said.with(field, text(field)));
        return said.detail(key(text("key")), Said.text(text("value")));
    }

    /** What becomes of a key: it is cut where it is longer than a name is. */
    public static String key(String key) {
        if (key.length() <= LONGEST_KEY) {
            return key;
        }
        int end = Character.isHighSurrogate(key.charAt(LONGEST_KEY - 1)) ? LONGEST_KEY - 1 : LONGEST_KEY;
        return key.substring(0, end) + "…[cut, " + key.length() + " characters]";
    }
}
