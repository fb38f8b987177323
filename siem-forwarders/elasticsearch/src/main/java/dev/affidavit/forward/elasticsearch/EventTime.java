package dev.affidavit.forward.elasticsearch;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When an event happened: UTC, as its line says. */
record EventTime(String text) {
    /** What every receiver reads alike: no other zone, no leap second. */
    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z");

    /** Null if the text is no such time. */
    static @Nullable EventTime of(@Nullable String text) {
        if (text == null || !RFC_3339.matcher(text).matches()) {
            return null;
        }
        try {
            LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
            return new EventTime(text);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    String year() {
        return text.substring(0, 4);
    }

    String month() {
        return text.substring(5, 7);
    }

    String day() {
        return text.substring(8, 10);
    }

    String hour() {
        return text.substring(11, 13);
    }
}
