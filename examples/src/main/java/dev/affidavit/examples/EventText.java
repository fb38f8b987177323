package dev.affidavit.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A line of the log for a person at a terminal: time, severity, type, user, description. */
final class EventText {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A terminal obeys control characters; those that a client put into a name must not get there. */
    private static final String UNSAFE = "[\\p{Cntrl}\\p{Cf}\\u0080-\\u009f\\u2028\\u2029]";

    private static final int TIME_FROM = "2026-01-19T".length();
    private static final int TIME_TO = "2026-01-19T02:54:27.000".length();

    private EventText() {}

    static String of(String line) {
        JsonNode event = parse(line);
        return "%s  %-8s  %-21s  %-12s  %s"
                .formatted(
                        event.path("timestamp").asText().substring(TIME_FROM, TIME_TO),
                        event.path("severity").asText(),
                        event.path("event_type").asText(),
                        event.path("username").asText(),
                        event.path("description").asText())
                .replaceAll(UNSAFE, "?");
    }

    static String typeOf(String line) {
        return parse(line).path("event_type").asText();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a line of an audit log: " + line, e);
        }
    }
}
