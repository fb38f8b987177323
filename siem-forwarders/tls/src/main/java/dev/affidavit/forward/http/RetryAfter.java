package dev.affidavit.forward.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pause that an answer asks for (RFC 9110, 10.2.3). */
public final class RetryAfter {
    /** The header's name. */
    public static final String HEADER = "Retry-After";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /**
     * The pause from now on; never negative. Zero if none is asked for, or one that cannot be read.
     *
     * @param value of the header, seconds or a date; null if there is none
     */
    public static Duration of(@Nullable String value, Instant now) {
        if (value == null) {
            return Duration.ZERO;
        }
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Duration pause = Duration.between(
                    now,
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
