package dev.affidavit.log4j2;

import dev.affidavit.EventType;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.MarkerManager;

/**
 * Log4j markers for plain loggers: {@code logger.info(AuditMarkers.of(AUTH_FAILURE), "bad password")}.
 *
 * <p>Markers are shared by name across the process. That is why each is made on first use only, and why a marker of the
 * application's own that has the name of an event type becomes audit as soon as {@link #of} was asked for that type.
 */
public final class AuditMarkers {
    private static final String AUDIT = "AUDIT";

    private AuditMarkers() {}

    /** The marker {@code AUDIT}: the event's type comes from the key-value {@code event_type}, or is UNSPECIFIED. */
    public static Marker audit() {
        return MarkerManager.getMarker(AUDIT);
    }

    /** The marker below {@code AUDIT} that names {@code type}. */
    public static Marker of(EventType type) {
        Marker marker = MarkerManager.getMarker(type.name());
        return marker.isInstanceOf(AUDIT) ? marker : marker.addParents(audit());
    }
}
