package dev.affidavit.forward.elasticsearch;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an index, or of a data stream, in which {@code %{+yyyy.MM.dd}} stands for the day of an event, in UTC. Nothing
 * else of an event is in it, so that nobody who is logged chooses where. Immutable.
 */
record IndexName(String pattern) {
    /** In place of the date, for a line that has none: the same each time it is sent. */
    private static final String UNDATED = "undated";

    private static final Pattern PLACE = Pattern.compile("%\\{([^}]*)}?");
    /** The letters of Filebeat and Logstash. Of theirs, {@code YYYY} is another year than {@code yyyy} around New Year. */
    private static final Pattern DATE = Pattern.compile("\\+((yyyy|MM|dd|HH)[._-]?)+");

    private static final Pattern LETTERS = Pattern.compile("yyyy|MM|dd|HH");
    /** Narrower than what the server takes. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,254}");

    private static final EventTime SOME_TIME = new EventTime("2026-11-20T22:24:14.000000Z");

    /** @throws IllegalArgumentException if it makes no name of an index; the message says what was expected */
    IndexName {
        Matcher place = PLACE.matcher(pattern);
        while (place.find()) {
            if (!DATE.matcher(place.group(1)).matches() || !place.group().endsWith("}")) {
                throw new IllegalArgumentException(
                        "expected nothing but a date of yyyy, MM, dd and HH between braces, such as %%{+yyyy.MM.dd}, found '%s'"
                                .formatted(place.group()));
            }
        }
        for (String name : List.of(named(pattern, SOME_TIME), named(pattern, null))) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "expected a name of at most 255 of a-z, 0-9, '.', '_' and '-' that begins with a letter or digit, found '%s'"
                                .formatted(pattern));
            }
        }
    }

    /** @param time null if the line has none that can be read */
    String of(@Nullable EventTime time) {
        return named(pattern, time);
    }

    /** What matches every name that this makes. */
    String wildcard() {
        return PLACE.matcher(pattern).replaceAll("*");
    }

    private static String named(String pattern, @Nullable EventTime time) {
        return PLACE.matcher(pattern)
                .replaceAll(
                        place -> time == null ? UNDATED : dated(place.group(1).substring(1), time));
    }

    private static String dated(String format, EventTime time) {
        return LETTERS.matcher(format).replaceAll(letters -> switch (letters.group()) {
            case "yyyy" -> time.year();
            case "MM" -> time.month();
            case "dd" -> time.day();
            default -> time.hour();
        });
    }

    @Override
    public String toString() {
        return pattern;
    }
}
