package dev.affidavit.forward.database;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column that this destination fills, in the order in which the table has them. {@code seq} stands before them and {@code
 * stored_at} behind them: the database fills those.
 */
enum Column {
    LOG_ID(Kind.TEXT, null),
    ID(Kind.TEXT, "id"),
    TIMESTAMP(Kind.TIME, "timestamp"),
    EVENT_TYPE(Kind.TEXT, "event_type"),
    SEVERITY(Kind.TEXT, "severity"),
    USERNAME(Kind.TEXT, "username"),
    SESSION_ID(Kind.TEXT, "session_id"),
    CLIENT_ADDR(Kind.TEXT, "ip_address"),
    PORT(Kind.INTEGER, "port"),
    USER_AGENT(Kind.TEXT, "user_agent"),
    DESCRIPTION(Kind.TEXT, "description"),
    DETAILS(Kind.JSON, "details"),
    SUCCESS(Kind.BOOLEAN, "success"),
    ERROR_CODE(Kind.TEXT, "error_code"),
    DATABASE_NAME(Kind.TEXT, "database_name"),
    OBJECT_TYPE(Kind.TEXT, "object_type"),
    OBJECT_NAME(Kind.TEXT, "object_name"),
    COMMAND(Kind.TEXT, "command"),
    ROWS_AFFECTED(Kind.BIGINT, "rows_affected"),
    SERVICE(Kind.TEXT, "service"),
    HOST(Kind.TEXT, "host"),
    /** The columns that do not say what the line says, between commas. */
    TRANSFORMED(Kind.TEXT, null),
    LINE(Kind.TEXT, null),
    /** The line where it is no text. */
    LINE_BYTES(Kind.BYTES, null),
    LINE_SHA256(Kind.BYTES, null);

    static final List<Column> ALL = List.of(values());

    private static final Map<String, Column> BY_FIELD = Arrays.stream(values())
            .filter(column -> column.field != null)
            .collect(Collectors.toMap(column -> String.valueOf(column.field), Function.identity()));

    private final Kind kind;
    private final @Nullable String field;

    Column(Kind kind, @Nullable String field) {
        this.kind = kind;
        this.field = field;
    }

    /** The column of a field of a line; null if there is none. */
    static @Nullable Column ofField(String field) {
        return BY_FIELD.get(field);
    }

    Kind kind() {
        return kind;
    }

    /** Its name in lower case. */
    String lowerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Part of the key, so that it is never null. */
    boolean isOfTheKey() {
        return this == LOG_ID || this == ID || this == LINE_SHA256;
    }
}
