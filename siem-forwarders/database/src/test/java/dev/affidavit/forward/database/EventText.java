package dev.affidavit.forward.database;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lines of made-up events, each field as JSON, so that a test can say anything. Immutable. */
record EventText(Map<String, String> fields) {
    /** An event with this number in its id. */
    static EventText number(int number) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", quoted("evt_%019d_1795213454".formatted(1_795_213_454_000_000_000L + number)));
        fields.put("timestamp", quoted("2026-11-20T22:24:14.%06dZ".formatted(number)));
        fields.put("event_type", quoted("SELECT"));
        fields.put("severity", quoted("INFO"));
        for (String text : new String[] {"username", "session_id", "ip_address"}) {
            fields.put(text, quoted(""));
        }
        fields.put("port", "null");
        fields.put("user_agent", quoted(""));
        fields.put("description", quoted(""));
        fields.put("details", "{}");
        fields.put("success", "true");
        fields.put("error_code", quoted(""));
        return new EventText(fields);
    }

    EventText with(String field, String json) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(field, json);
        return new EventText(changed);
    }

    EventText text(String field, String text) {
        return with(field, quoted(text));
    }

    /** In ASCII. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c >= ' ' && c < 127 && c != '"' && c != '\\' ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        return out.append('"').toString();
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        fields.forEach((name, json) -> line.append(line.isEmpty() ? "{" : ",")
                .append(quoted(name))
                .append(':')
                .append(json));
        return line.append('}').toString();
    }
}
