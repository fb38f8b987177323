package dev.affidavit.forward.database;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a line says of a number, a boolean or a time, if a column of that kind can hold it. */
final class ScalarText {
    /** In both products an hour, a minute or a zone may be written in many ways; a line has this one. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

    /** As a line has it. */
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");
    /** There is no year 0 in PostgreSQL. */
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

    private ScalarText() {}

    /** The text that the database reads; null if it would not. */
    static @Nullable String of(Kind kind, String said) {
        return switch (kind) {
            case INTEGER -> whole(said, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> whole(said, Long.MIN_VALUE, Long.MAX_VALUE);
            case BOOLEAN -> said.equals("true") || said.equals("false") ? said : null;
            case TIME -> time(said);
            case TEXT, JSON, BYTES -> throw new IllegalArgumentException("expected a scalar, found " + kind);
        };
    }

    private static @Nullable String whole(String said, long min, long max) {
        if (!WHOLE.matcher(said).matches()) {
            return null;
        }
        try {
            long number = Long.parseLong(said);
            return number >= min && number <= max ? Long.toString(number) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** In UTC, cut to microseconds, as lines have it. */
    private static @Nullable String time(String said) {
        if (!TIME.matcher(said).matches()) {
            return null;
        }
        try {
            Instant instant = Instant.parse(said).truncatedTo(ChronoUnit.MICROS);
            return instant.isBefore(FIRST) ? null : MICROSECONDS.format(instant);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
