package dev.affidavit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event while they are being said. A field that is not set, or set to null, is filled from the log
 * call, from the {@linkplain AuditContext context} or from the {@linkplain EventType type}; failing these it is empty.
 * Not thread-safe.
 *
 * @param <B> the type that each method returns, for chaining
 */
public abstract sealed class EventFields<B extends EventFields<B>> permits AuditEvent.Builder, AuditLogger.Entry {
    static final int MAX_PORT = 65_535;

    /** Room for six: most events have fewer. */
    private static final int FEW_DETAILS = 8;

    private final EventType type;
    private @Nullable Instant timestamp;
    private @Nullable Severity severity;
    private @Nullable String username;
    private @Nullable String sessionId;
    private @Nullable String ipAddress;
    private @Nullable Integer port;
    private @Nullable String userAgent;
    private @Nullable String description;
    private @Nullable Map<String, @Nullable Object> details;
    /** Whether an event has {@link #details} too, so that they must stay as they are. */
    private boolean detailsShared;

    private @Nullable Boolean success;
    private @Nullable String errorCode;
    private @Nullable String databaseName;
    private @Nullable String objectType;
    private @Nullable String objectName;
    private @Nullable String command;
    private @Nullable Long rowsAffected;

    EventFields(EventType type) {
        this.type = type;
    }

    abstract B self();

    /** When it happened. Default: when the event was built, or logged. */
    @CanIgnoreReturnValue
    public final B timestamp(@Nullable Instant when) {
        timestamp = when;
        return self();
    }

    /** Default: that of the type. */
    @CanIgnoreReturnValue
    public final B severity(@Nullable Severity value) {
        severity = value;
        return self();
    }

    /** Who acted. */
    @CanIgnoreReturnValue
    public final B username(@Nullable String name) {
        username = name;
        return self();
    }

    @CanIgnoreReturnValue
    public final B sessionId(@Nullable String id) {
        sessionId = id;
        return self();
    }

    /** The address the principal came from, as text. */
    @CanIgnoreReturnValue
    public final B ipAddress(@Nullable String address) {
        ipAddress = address;
        return self();
    }

    /** The address the principal came from; no name is looked up. */
    @CanIgnoreReturnValue
    public final B ipAddress(InetAddress address) {
        return ipAddress(address.getHostAddress());
    }

    /** Address and port the principal came from. */
    @CanIgnoreReturnValue
    public final B from(InetSocketAddress remote) {
        InetAddress address = remote.getAddress();
        ipAddress(address == null ? remote.getHostString() : address.getHostAddress());
        return port(remote.getPort());
    }

    /**
     * The port the principal came from.
     *
     * @throws IllegalArgumentException if outside 0 to 65535
     */
    @CanIgnoreReturnValue
    public final B port(int number) {
        if (number < 0 || number > MAX_PORT) {
            throw new IllegalArgumentException("port: expected 0 to 65535, found " + number);
        }
        port = number;
        return self();
    }

    @CanIgnoreReturnValue
    public final B userAgent(@Nullable String agent) {
        userAgent = agent;
        return self();
    }

    /** One sentence for a person. Never a format string. */
    @CanIgnoreReturnValue
    public final B description(@Nullable String text) {
        description = text;
        return self();
    }

    /**
     * Adds one entry to {@code details}; the same key again replaces it. Text, numbers, booleans, null, maps,
     * collections and arrays keep their form; anything else is written as its {@code toString()}, which is asked when the
     * event is built.
     */
    @CanIgnoreReturnValue
    public final B detail(String key, @Nullable Object value) {
        if (details == null) {
            details = new LinkedHashMap<>(FEW_DETAILS);
        } else if (detailsShared) {
            details = new LinkedHashMap<>(details);
            detailsShared = false;
        }
        details.put(key, value);
        return self();
    }

    /** Adds entries to {@code details}; see {@link #detail}. */
    @CanIgnoreReturnValue
    public final B details(Map<String, ? extends @Nullable Object> entries) {
        entries.forEach(this::detail);
        return self();
    }

    /** Whether the principal's operation succeeded. Default: that of the type. */
    @CanIgnoreReturnValue
    public final B success(boolean value) {
        success = value;
        return self();
    }

    /** The operation failed with this code: {@code success(false).errorCode(code)}. */
    @CanIgnoreReturnValue
    public final B failed(String code) {
        success(false);
        return errorCode(code);
    }

    @CanIgnoreReturnValue
    public final B errorCode(@Nullable String code) {
        errorCode = code;
        return self();
    }

    @CanIgnoreReturnValue
    public final B databaseName(@Nullable String name) {
        databaseName = name;
        return self();
    }

    /** The kind of object acted on, such as {@code table}. */
    @CanIgnoreReturnValue
    public final B objectType(@Nullable String kind) {
        objectType = kind;
        return self();
    }

    @CanIgnoreReturnValue
    public final B objectName(@Nullable String name) {
        objectName = name;
        return self();
    }

    /** The statement or command carried out. */
    @CanIgnoreReturnValue
    public final B command(@Nullable String text) {
        command = text;
        return self();
    }

    /**
     * How many rows the command changed or returned.
     *
     * @throws IllegalArgumentException if negative
     */
    @CanIgnoreReturnValue
    public final B rowsAffected(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("rowsAffected: expected 0 or more, found " + rows);
        }
        rowsAffected = rows;
        return self();
    }

    final EventFields<B> timestampOr(Instant otherwise) {
        if (timestamp == null) {
            timestamp = otherwise;
        }
        return this;
    }

    final AuditEvent toEvent(@Nullable PendingReceipt receipt) {
        return new AuditEvent(
                type,
                timestamp,
                severity,
                username,
                sessionId,
                ipAddress,
                port,
                userAgent,
                description,
                sharedDetails(),
                success,
                errorCode,
                databaseName,
                objectType,
                objectName,
                command,
                rowsAffected,
                receipt);
    }

    private Map<String, @Nullable Object> sharedDetails() {
        if (details == null) {
            return Map.of();
        }
        if (!detailsShared) {
            DetailValue.settle(details);
            details = Collections.unmodifiableMap(details);
            detailsShared = true;
        }
        return details;
    }

    final void copyFrom(AuditEvent event) {
        timestamp = event.timestamp();
        severity = event.severity();
        username = event.username();
        sessionId = event.sessionId();
        ipAddress = event.ipAddress();
        port = event.port();
        userAgent = event.userAgent();
        description = event.description();
        details = event.details();
        detailsShared = true;
        success = event.success();
        errorCode = event.errorCode();
        databaseName = event.databaseName();
        objectType = event.objectType();
        objectName = event.objectName();
        command = event.command();
        rowsAffected = event.rowsAffected();
    }
}
