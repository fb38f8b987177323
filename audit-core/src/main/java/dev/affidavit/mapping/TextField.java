package dev.affidavit.mapping;

import com.google.errorprone.annotations.Immutable;
import dev.affidavit.AuditEvent;
import dev.affidavit.Severity;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A field that a plain log call can set by a key-value, or a key of the context, of its name. */
enum TextField {
    USERNAME(true, (event, text) -> event.username(text) != null),
    SESSION_ID(true, (event, text) -> event.sessionId(text) != null),
    IP_ADDRESS(true, (event, text) -> event.ipAddress(text) != null),
    PORT(true, (event, text) -> parse(text, 65_535, port -> event.port(port.intValue()))),
    USER_AGENT(true, (event, text) -> event.userAgent(text) != null),
    SEVERITY(false, TextField::severity),
    SUCCESS(false, TextField::success),
    ERROR_CODE(false, (event, text) -> event.errorCode(text) != null),
    DATABASE_NAME(true, (event, text) -> event.databaseName(text) != null),
    OBJECT_TYPE(false, (event, text) -> event.objectType(text) != null),
    OBJECT_NAME(false, (event, text) -> event.objectName(text) != null),
    COMMAND(false, (event, text) -> event.command(text) != null),
    ROWS_AFFECTED(false, (event, text) -> parse(text, Long.MAX_VALUE, event::rowsAffected));

    private static final int MAX_DIGITS = 18;

    private static final Map<String, TextField> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(TextField::key, Function.identity()));

    private final boolean saysWhoActs;
    private final Setter setter;

    TextField(boolean saysWhoActs, Setter setter) {
        this.saysWhoActs = saysWhoActs;
        this.setter = setter;
    }

    static @Nullable TextField of(String key) {
        return BY_KEY.get(key);
    }

    private String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the diagnostic context may set it: it says who acts, not what happened. */
    boolean saysWhoActs() {
        return saysWhoActs;
    }

    /** Sets the field. False if {@code text} is not a value of it; the field is then as it was. */
    boolean set(AuditEvent.Builder event, String text) {
        return setter.set(event, text);
    }

    /** Whether {@code event} says it. */
    boolean isIn(AuditEvent event) {
        return switch (this) {
            case USERNAME -> event.username() != null;
            case SESSION_ID -> event.sessionId() != null;
            case IP_ADDRESS -> event.ipAddress() != null;
            case PORT -> event.port() != null;
            case USER_AGENT -> event.userAgent() != null;
            case SEVERITY -> event.severity() != null;
            case SUCCESS -> event.success() != null;
            case ERROR_CODE -> event.errorCode() != null;
            case DATABASE_NAME -> event.databaseName() != null;
            case OBJECT_TYPE -> event.objectType() != null;
            case OBJECT_NAME -> event.objectName() != null;
            case COMMAND -> event.command() != null;
            case ROWS_AFFECTED -> event.rowsAffected() != null;
        };
    }

    /** Takes ASCII digits alone, and no more of them than a long surely holds. */
    private static boolean parse(String text, long max, Consumer<Long> setter) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return false;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            number = 10 * number + c - '0';
        }
        if (number > max) {
            return false;
        }
        setter.accept(number);
        return true;
    }

    private static boolean severity(AuditEvent.Builder event, String text) {
        for (Severity severity : Severity.values()) {
            if (severity.name().equalsIgnoreCase(text)) {
                event.severity(severity);
                return true;
            }
        }
        return false;
    }

    private static boolean success(AuditEvent.Builder event, String text) {
        boolean isTrue = text.equalsIgnoreCase("true");
        if (!isTrue && !text.equalsIgnoreCase("false")) {
            return false;
        }
        event.success(isTrue);
        return true;
    }

    /** Sets one field. */
    @Immutable
    private interface Setter {
        boolean set(AuditEvent.Builder event, String text);
    }
}
