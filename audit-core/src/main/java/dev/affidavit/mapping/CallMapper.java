package dev.affidavit.mapping;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.spi.LogCall;
import java.util.Map;
import java.util.Set;

/**
 * Turns a log call into the audit event that it means. What the event given as argument says comes first, then the
 * key-values of the call, then its marker, then the diagnostic context. Immutable.
 */
public final class CallMapper {
    private static final String EVENT_TYPE = "event_type";
    private static final String EXCEPTION = "exception";

    private final String marker;
    private final Set<String> contextKeys;

    /**
     * @param marker calls with this marker, or one below it, are audit
     * @param contextKeys keys of the context that go to {@code details}, beside those that are fields
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
        KeyValues keyValues = KeyValues.of(call);
        Draft draft = said != null ? Draft.of(said) : new Draft(type(call, keyValues));
        keyValues.forEach((key, text) -> {
            if (!key.equals(EVENT_TYPE) || said != null) {
                draft.add(key, text);
            }
        });
        call.forEachContextValue((key, value) -> {
            if (value != null) {
                addContext(draft, key, value);
            }
        });
        LogCall.Thrown thrown = call.thrown();
        if (thrown != null) {
            String message = thrown.message();
            draft.detail(EXCEPTION, Map.of("class", thrown.className(), "message", message == null ? "" : message));
        }
        return draft.complete(said != null ? null : call.message(), call.time(), call.severity());
    }

    private EventType type(LogCall call, KeyValues keyValues) {
        String named = keyValues.last(EVENT_TYPE);
        if (named == null || named.isBlank()) {
            named = call.markerBelow(marker);
        }
        return named == null || named.isBlank() ? EventType.UNSPECIFIED : EventType.of(named);
    }

    private void addContext(Draft draft, String key, String value) {
        TextField field = TextField.of(key);
        if (field != null && field.isFromContext()) {
            draft.addUnlessSaid(field, key, value);
        } else if (contextKeys.contains(key)) {
            draft.detailUnlessSaid(key, value);
        }
    }
}
