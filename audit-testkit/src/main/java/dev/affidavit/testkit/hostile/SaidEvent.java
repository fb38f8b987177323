package dev.affidavit.testkit.hostile;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The line that an event must become: all its fields, and no other. At first an event that says nothing, of a type that
 * nobody knows. Not thread-safe.
 */
public final class SaidEvent {
    private static final Said EMPTY = Said.text("");

    private final Map<String, Said> fields = new LinkedHashMap<>();
    private final Map<String, Said> optional = new LinkedHashMap<>();
    private final Map<String, Said> details = new LinkedHashMap<>();

    public SaidEvent(CharSequence type) {
        fields.put("id", Said.ANYTHING);
        fields.put("timestamp", Said.ANYTHING);
        fields.put("event_type", Said.text(type));
        fields.put("severity", Said.text("INFO"));
        for (String field : new String[] {"username", "session_id", "ip_address"}) {
            fields.put(field, EMPTY);
        }
        fields.put("port", Said.NULL);
        fields.put("user_agent", EMPTY);
        fields.put("description", EMPTY);
        fields.put("details", Said.NULL);
        fields.put("success", Said.bool(true));
        fields.put("error_code", EMPTY);
        for (String field : new String[] {
            "database_name", "object_type", "object_name", "command", "rows_affected", "service", "host"
        }) {
            optional.put(field, Said.NULL);
        }
    }

    @CanIgnoreReturnValue
    public SaidEvent with(String field, Said value) {
        Map<String, Said> place = fields.containsKey(field) ? fields : optional;
        if (place.put(field, value) == null) {
            throw new IllegalArgumentException(field + " is no field");
        }
        return this;
    }

    @CanIgnoreReturnValue
    public SaidEvent with(String field, CharSequence text) {
        return with(field, Said.text(text));
    }

    @CanIgnoreReturnValue
    public SaidEvent detail(String key, Said value) {
        details.put(key, value);
        return this;
    }

    Said whole() {
        Map<String, Said> whole = new LinkedHashMap<>(fields);
        whole.put("details", Said.object(details));
        optional.forEach((field, value) -> {
            if (value != Said.NULL) {
                whole.put(field, value);
            }
        });
        return Said.object(whole);
    }
}
