package dev.affidavit;

import dev.affidavit.spi.Receipt;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as the application said it; null where it said nothing. Immutable but for maps, collections
 * and arrays in {@code details} that the application changes later, which it must not. What a field means stands in docs/format.md.
 *
 * <p>Given to any logger as an argument, it is recorded as it is:
 * {@code logger.info(marker, "{}", event)}. Prefer {@link AuditLogger}, which makes sure that it arrived.
 */
public final class AuditEvent {
    private final EventType type;
    private final @Nullable Instant timestamp;
    private final @Nullable Severity severity;
    private final @Nullable String username;
    private final @Nullable String sessionId;
    private final @Nullable String ipAddress;
    private final @Nullable Integer port;
    private final @Nullable String userAgent;
    private final @Nullable String description;
    private final Map<String, @Nullable Object> details;
    private final @Nullable Boolean success;
    private final @Nullable String errorCode;
    private final @Nullable String databaseName;
    private final @Nullable String objectType;
    private final @Nullable String objectName;
    private final @Nullable String command;
    private final @Nullable Long rowsAffected;
    private final @Nullable PendingReceipt receipt;

    AuditEvent(
            EventType type,
            @Nullable Instant timestamp,
            @Nullable Severity severity,
            @Nullable String username,
            @Nullable String sessionId,
            @Nullable String ipAddress,
            @Nullable Integer port,
            @Nullable String userAgent,
            @Nullable String description,
            Map<String, @Nullable Object> details,
            @Nullable Boolean success,
            @Nullable String errorCode,
            @Nullable String databaseName,
            @Nullable String objectType,
            @Nullable String objectName,
            @Nullable String command,
            @Nullable Long rowsAffected,
            @Nullable PendingReceipt receipt) {
        this.type = type;
        this.timestamp = timestamp;
        this.severity = severity;
        this.username = username;
        this.sessionId = sessionId;
        this.ipAddress = ipAddress;
        this.port = port;
        this.userAgent = userAgent;
        this.description = description;
        this.details = details;
        this.success = success;
        this.errorCode = errorCode;
        this.databaseName = databaseName;
        this.objectType = objectType;
        this.objectName = objectName;
        this.command = command;
        this.rowsAffected = rowsAffected;
        this.receipt = receipt;
    }

    public static Builder builder(EventType type) {
        return new Builder(type);
    }

    /** A builder that begins with the fields of this event. */
    public Builder toBuilder() {
        return toBuilder(type);
    }

    /** A builder that begins with the fields of this event but for its type. */
    public Builder toBuilder(EventType otherType) {
        Builder builder = new Builder(otherType);
        builder.copyFrom(this);
        return builder;
    }

    public EventType type() {
        return type;
    }

    public @Nullable Instant timestamp() {
        return timestamp;
    }

    public @Nullable Severity severity() {
        return severity;
    }

    /** The severity that the event is recorded with: its own, or that of its type, or INFO. */
    public Severity effectiveSeverity() {
        return severity != null ? severity : type.severity().orElse(Severity.INFO);
    }

    public @Nullable String username() {
        return username;
    }

    public @Nullable String sessionId() {
        return sessionId;
    }

    public @Nullable String ipAddress() {
        return ipAddress;
    }

    public @Nullable Integer port() {
        return port;
    }

    public @Nullable String userAgent() {
        return userAgent;
    }

    public @Nullable String description() {
        return description;
    }

    /** Never null; in the order in which the entries were added. */
    public Map<String, @Nullable Object> details() {
        return details;
    }

    public @Nullable Boolean success() {
        return success;
    }

    public @Nullable String errorCode() {
        return errorCode;
    }

    public @Nullable String databaseName() {
        return databaseName;
    }

    public @Nullable String objectType() {
        return objectType;
    }

    public @Nullable String objectName() {
        return objectName;
    }

    public @Nullable String command() {
        return command;
    }

    public @Nullable Long rowsAffected() {
        return rowsAffected;
    }

    /** Where an appender reports what became of this event; empty if nobody waits to hear of it. */
    public Optional<Receipt> receipt() {
        return Optional.ofNullable(receipt);
    }

    /** For other appenders that print the event: its type and description, with control characters as {@code ?}. */
    @Override
    public String toString() {
        String text = description == null ? type.name() : type.name() + " " + description;
        StringBuilder printable = null;
        for (int i = 0; i < text.length(); i++) { // a framework may make this text of every event
            if (isUnprintable(text.charAt(i))) {
                printable = printable == null ? new StringBuilder(text) : printable;
                printable.setCharAt(i, '?');
            }
        }
        return printable == null ? text : printable.toString();
    }

    private static boolean isUnprintable(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    /** Builds an {@link AuditEvent}. Not thread-safe. */
    public static final class Builder extends EventFields<Builder> {
        private Builder(EventType type) {
            super(type);
        }

        @Override
        Builder self() {
            return this;
        }

        public AuditEvent build() {
            return toEvent(null);
        }
    }
}
