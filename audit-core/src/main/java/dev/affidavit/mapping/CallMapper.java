package dev.affidavit.mapping;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.json.Asking;
import dev.affidavit.spi.LogCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Turns a log call into the audit event that it means. What the event given as argument says comes first, then the
 * key-values of the call, then its marker, then the diagnostic context. Immutable.
 *
 * <p>For a plain logger the context may set any field: there key-values arrive among it under Log4j. For an event that
 * the application said itself it says only who acts.
 */
public final class CallMapper {
    private static final String EVENT_TYPE = "event_type";
    private static final String DESCRIPTION = "description";
    /** Stands for every key of the context. */
    private static final String ALL = "*";

    private static final String EXCEPTION = "exception";

    private final String marker;
    private final Set<String> contextKeys;

    /**
     * @param marker calls with this marker, or one below it, are audit
     * @param contextKeys keys of the context that go to {@code details}, beside those that are fields; {@code *} for all
     */
    public CallMapper(String marker, Set<String> contextKeys) {
        this.marker = marker;
        this.contextKeys = contextKeys;
    }

    /** Whether the call is audit: by its marker, or because it carries an event. */
    public boolean isAudit(LogCall call) {
        return call.isMarked(marker) || call.event() != null;
    }

    /** The event, complete but for its id. */
    public AuditEvent map(LogCall call) {
        AuditEvent said = call.event();
        AuditEvent complete = said != null && saysAll(said) ? said : null;
        if (complete != null && call.isBare()) {
            return complete;
        }
        KeyValues keyValues = KeyValues.of(call);
        if (complete != null && addsNothing(call, keyValues)) {
            return complete;
        }
        boolean isPlain = said == null;
        Draft draft = said != null ? Draft.of(said) : new Draft(type(call, keyValues));
        String description = isPlain ? description(call, keyValues) : null;
        keyValues.forEach((key, text) -> {
            if (!isPlain || !isUsed(key, text, description)) {
                draft.add(key, text);
            }
        });
        call.forEachContextValue((key, value) -> {
            if (value != null) {
                addContext(draft, String.valueOf(key), value, isPlain);
            }
        });
        LogCall.Thrown thrown = call.thrown();
        if (thrown != null) {
            String message = thrown.message();
            Map<String, String> exception = new LinkedHashMap<>();
            exception.put("class", thrown.className());
            exception.put("message", message == null ? "" : message);
            draft.detail(EXCEPTION, exception);
        }
        return draft.complete(description, call.time(), call.severity());
    }

    private static boolean isUsed(String key, @Nullable String text, @Nullable String description) {
        return key.equals(EVENT_TYPE) || (key.equals(DESCRIPTION) && Objects.equals(text, description));
    }

    /** The message; a call without one, such as one of a map of key-values, may say it there. */
    private static @Nullable String description(LogCall call, KeyValues keyValues) {
        String message;
        try {
            message = Objects.requireNonNull(Asking.text(call, LogCall::message));
        } catch (Throwable e) { // out of the application's own objects, which must not stop the event
            return "[unreadable: " + e.getClass().getName() + "]";
        }
        return message.isEmpty() ? keyValues.last(DESCRIPTION) : message;
    }

    private static boolean saysAll(AuditEvent said) {
        return said.timestamp() != null
                && (said.severity() != null || said.type().severity().isPresent());
    }

    private boolean addsNothing(LogCall call, KeyValues keyValues) {
        return keyValues.isEmpty() && call.thrown() == null && !hasContext(call);
    }

    private boolean hasContext(LogCall call) {
        boolean[] found = new boolean[1];
        call.forEachContextValue((key, value) -> found[0] |= TextField.of(key) != null || isForDetails(key));
        return found[0];
    }

    private EventType type(LogCall call, KeyValues keyValues) {
        String named = keyValues.last(EVENT_TYPE);
        if (named == null || named.isBlank()) {
            named = call.markerBelow(marker);
        }
        if (named == null || named.isBlank()) {
            named = fromContext(call, EVENT_TYPE);
        }
        return named == null || named.isBlank() ? EventType.UNSPECIFIED : EventType.of(named);
    }

    private static @Nullable String fromContext(LogCall call, String wanted) {
        AtomicReference<@Nullable String> found = new AtomicReference<>();
        call.forEachContextValue((key, value) -> {
            if (key.equals(wanted)) {
                found.set(value);
            }
        });
        return found.get();
    }

    private void addContext(Draft draft, String key, String value, boolean isPlain) {
        TextField field = TextField.of(key);
        if (field != null && (isPlain || field.saysWhoActs())) {
            draft.addUnlessSaid(field, key, value);
        } else if (isForDetails(key)) {
            draft.detailUnlessSaid(key, value);
        }
    }

    private boolean isForDetails(String key) {
        return contextKeys.contains(key) || (contextKeys.contains(ALL) && !key.equals(EVENT_TYPE));
    }
}
