package dev.affidavit;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What kind of thing happened. The constants are the documented types; an application adds its own with {@link #of}.
 * Two types are equal if their names are.
 */
public final class EventType {
    public static final EventType AUTH_SUCCESS = known("AUTH_SUCCESS", Severity.INFO, true);
    public static final EventType AUTH_FAILURE = known("AUTH_FAILURE", Severity.WARNING, false);
    public static final EventType AUTH_LOCKOUT = known("AUTH_LOCKOUT", Severity.WARNING, true);
    public static final EventType AUTH_UNLOCK = known("AUTH_UNLOCK", Severity.INFO, true);

    public static final EventType SESSION_CREATED = known("SESSION_CREATED", Severity.INFO, true);
    public static final EventType SESSION_EXPIRED = known("SESSION_EXPIRED", Severity.INFO, true);
    public static final EventType SESSION_DESTROYED = known("SESSION_DESTROYED", Severity.INFO, true);
    public static final EventType SESSION_HIJACK = known("SESSION_HIJACK", Severity.CRITICAL, false);

    public static final EventType RATE_LIMIT_HIT = known("RATE_LIMIT_HIT", Severity.WARNING, false);
    public static final EventType IP_BLOCKED = known("IP_BLOCKED", Severity.WARNING, true);
    public static final EventType IP_UNBLOCKED = known("IP_UNBLOCKED", Severity.INFO, true);
    public static final EventType PROGRESSIVE_DELAY = known("PROGRESSIVE_DELAY", Severity.INFO, true);

    public static final EventType ACCESS_DENIED = known("ACCESS_DENIED", Severity.WARNING, false);
    public static final EventType PRIVILEGE_ESCALATION = known("PRIVILEGE_ESCALATION", Severity.CRITICAL, false);
    public static final EventType UNAUTHORIZED_ACCESS = known("UNAUTHORIZED_ACCESS", Severity.WARNING, false);

    public static final EventType SECURITY_CONFIG_CHANGE = known("SECURITY_CONFIG_CHANGE", Severity.WARNING, true);
    public static final EventType AUDIT_LOG_TAMPER = known("AUDIT_LOG_TAMPER", Severity.CRITICAL, false);
    public static final EventType SYSTEM_COMPROMISE = known("SYSTEM_COMPROMISE", Severity.CRITICAL, false);

    public static final EventType CONNECT = known("CONNECT", Severity.INFO, true);
    public static final EventType DISCONNECT = known("DISCONNECT", Severity.INFO, true);
    public static final EventType SELECT = known("SELECT", Severity.INFO, true);
    public static final EventType INSERT = known("INSERT", Severity.INFO, true);
    public static final EventType UPDATE = known("UPDATE", Severity.INFO, true);
    public static final EventType DELETE = known("DELETE", Severity.INFO, true);
    public static final EventType MERGE = known("MERGE", Severity.INFO, true);
    public static final EventType TRUNCATE = known("TRUNCATE", Severity.INFO, true);
    public static final EventType COPY = known("COPY", Severity.INFO, true);
    public static final EventType CREATE = known("CREATE", Severity.INFO, true);
    public static final EventType ALTER = known("ALTER", Severity.INFO, true);
    public static final EventType DROP = known("DROP", Severity.INFO, true);
    public static final EventType GRANT = known("GRANT", Severity.WARNING, true);
    public static final EventType REVOKE = known("REVOKE", Severity.WARNING, true);
    public static final EventType ALTER_ROLE = known("ALTER_ROLE", Severity.WARNING, true);
    public static final EventType EXECUTE = known("EXECUTE", Severity.INFO, true);

    public static final EventType AUDIT_LOG_STARTED = known("AUDIT_LOG_STARTED", Severity.INFO, true);
    public static final EventType AUDIT_LOG_STOPPED = known("AUDIT_LOG_STOPPED", Severity.INFO, true);
    public static final EventType AUDIT_LOG_RECOVERED = known("AUDIT_LOG_RECOVERED", Severity.WARNING, true);
    public static final EventType AUDIT_EVENTS_LOST = known("AUDIT_EVENTS_LOST", Severity.CRITICAL, false);
    public static final EventType AUDIT_FORCE_FAILED = known("AUDIT_FORCE_FAILED", Severity.CRITICAL, false);
    public static final EventType AUDIT_CHECKPOINT = known("AUDIT_CHECKPOINT", Severity.INFO, true);
    public static final EventType AUDIT_LOG_PRUNED = known("AUDIT_LOG_PRUNED", Severity.INFO, true);
    public static final EventType AUDIT_LEGAL_HOLD = known("AUDIT_LEGAL_HOLD", Severity.WARNING, true);
    public static final EventType AUDIT_DISK_LOW = known("AUDIT_DISK_LOW", Severity.WARNING, true);
    public static final EventType AUDIT_DISK_FULL = known("AUDIT_DISK_FULL", Severity.CRITICAL, false);
    public static final EventType AUDIT_CONFIG_CHANGED = known("AUDIT_CONFIG_CHANGED", Severity.INFO, true);
    public static final EventType AUDIT_FORWARDER_STATE = known("AUDIT_FORWARDER_STATE", Severity.WARNING, true);
    public static final EventType AUDIT_WITNESS_STATE = known("AUDIT_WITNESS_STATE", Severity.WARNING, true);

    /** The type of an event that names none: a plain log call whose marker is the audit marker itself. */
    public static final EventType UNSPECIFIED = new EventType("UNSPECIFIED", null, true);

    private static final Map<String, EventType> KNOWN = Stream.of(
                    AUTH_SUCCESS,
                    AUTH_FAILURE,
                    AUTH_LOCKOUT,
                    AUTH_UNLOCK,
                    SESSION_CREATED,
                    SESSION_EXPIRED,
                    SESSION_DESTROYED,
                    SESSION_HIJACK,
                    RATE_LIMIT_HIT,
                    IP_BLOCKED,
                    IP_UNBLOCKED,
                    PROGRESSIVE_DELAY,
                    ACCESS_DENIED,
                    PRIVILEGE_ESCALATION,
                    UNAUTHORIZED_ACCESS,
                    SECURITY_CONFIG_CHANGE,
                    AUDIT_LOG_TAMPER,
                    SYSTEM_COMPROMISE,
                    CONNECT,
                    DISCONNECT,
                    SELECT,
                    INSERT,
                    UPDATE,
                    DELETE,
                    MERGE,
                    TRUNCATE,
                    COPY,
                    CREATE,
                    ALTER,
                    DROP,
                    GRANT,
                    REVOKE,
                    ALTER_ROLE,
                    EXECUTE,
                    AUDIT_LOG_STARTED,
                    AUDIT_LOG_STOPPED,
                    AUDIT_LOG_RECOVERED,
                    AUDIT_EVENTS_LOST,
                    AUDIT_FORCE_FAILED,
                    AUDIT_CHECKPOINT,
                    AUDIT_LOG_PRUNED,
                    AUDIT_LEGAL_HOLD,
                    AUDIT_DISK_LOW,
                    AUDIT_DISK_FULL,
                    AUDIT_CONFIG_CHANGED,
                    AUDIT_FORWARDER_STATE,
                    AUDIT_WITNESS_STATE)
            .collect(Collectors.toUnmodifiableMap(EventType::name, Function.identity()));

    private final String name;
    private final @Nullable Severity severity;
    private final boolean success;

    private EventType(String name, @Nullable Severity severity, boolean success) {
        this.name = name;
        this.severity = severity;
        this.success = success;
    }

    private static EventType known(String name, Severity severity, boolean success) {
        return new EventType(name, severity, success);
    }

    /**
     * The documented type of this name, or a type of the application's own whose severity comes from the level of the
     * log call, or is {@link Severity#INFO}, and whose success is true.
     *
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static EventType of(String name) {
        EventType known = KNOWN.get(name);
        return known != null ? known : new EventType(requireName(name), null, true);
    }

    /**
     * A type of the application's own. Its events succeed unless they say otherwise.
     *
     * @throws IllegalArgumentException if {@code name} is blank, or that of a documented type
     */
    public static EventType of(String name, Severity severity) {
        return of(name, severity, true);
    }

    /**
     * A type of the application's own, with the success of events that do not say.
     *
     * @throws IllegalArgumentException if {@code name} is blank, or that of a documented type
     */
    public static EventType of(String name, Severity severity, boolean success) {
        if (KNOWN.containsKey(name)) {
            throw new IllegalArgumentException(
                    "event type: %s is documented, with a severity of its own; use EventType.%s, and set the severity of the event"
                            .formatted(name, name));
        }
        return new EventType(requireName(name), severity, success);
    }

    private static String requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "event type: expected a name such as ORDER_APPROVED, found '" + name + "'");
        }
        return name;
    }

    /** As it stands in the field {@code event_type}. */
    public String name() {
        return name;
    }

    /** The severity of events that do not say; empty if it comes from the level of the log call. */
    public Optional<Severity> severity() {
        return Optional.ofNullable(severity);
    }

    /** The success of events that do not say. */
    public boolean success() {
        return success;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventType type && type.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
