package dev.affidavit.mapping;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.Severity;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event that is being put together from its sources, the ones that come first ahead of the others. */
final class Draft {
    private final @Nullable AuditEvent said;
    private final AuditEvent.Builder builder;
    private final EventType type;
    private final Set<TextField> fields = EnumSet.noneOf(TextField.class);
    private final Map<String, @Nullable Object> details;

    private Draft(
            @Nullable AuditEvent said,
            AuditEvent.Builder builder,
            EventType type,
            Map<String, @Nullable Object> details) {
        this.said = said;
        this.builder = builder;
        this.type = type;
        this.details = new LinkedHashMap<>(details);
    }

    Draft(EventType type) {
        this(null, AuditEvent.builder(type), type, Map.of());
    }

    /** A draft that begins with what the application said in full. */
    static Draft of(AuditEvent said) {
        Draft draft = new Draft(said, said.toBuilder(), said.type(), said.details());
        for (TextField field : TextField.values()) {
            if (field.isIn(said)) {
                draft.fields.add(field);
            }
        }
        return draft;
    }

    /** A key-value: a field if it names one and the text is a value of it, a detail otherwise. */
    void add(String key, @Nullable String text) {
        TextField field = TextField.of(key);
        if (field == null || text == null || fields.contains(field) || !set(field, text)) {
            detail(key, text);
        }
    }

    /** A field from the context; what the call said of it itself comes first. */
    void addUnlessSaid(TextField field, String key, String text) {
        if (!fields.contains(field) && !set(field, text)) {
            detail(key, text);
        }
    }

    private boolean set(TextField field, String text) {
        boolean set = field.set(builder, text);
        if (set) {
            fields.add(field);
        }
        return set;
    }

    /** Adds a detail. A key that is taken gets a number behind it, so that nothing said is lost. */
    void detail(String key, @Nullable Object value) {
        String free = key;
        for (int i = 2; details.containsKey(free); i++) {
            free = key + "#" + i;
        }
        details.put(free, value);
    }

    void detailUnlessSaid(String key, String value) {
        if (!details.containsKey(key)) {
            detail(key, value);
        }
    }

    /** The event, with the rest of the call in what is not said yet. */
    AuditEvent complete(@Nullable String message, Instant time, Severity level) {
        builder.details(details);
        if (said == null) {
            builder.description(message);
        }
        if (said == null || said.timestamp() == null) {
            builder.timestamp(time);
        }
        if (!fields.contains(TextField.SEVERITY)) {
            builder.severity(type.severity().orElse(level));
        }
        return builder.build();
    }
}
