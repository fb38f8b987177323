package dev.affidavit.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The file name of a segment: the second, in UTC, in which it was begun, and a number that tells apart those begun in
 * one second. The digits are ASCII in every locale. Names sort by age, as text too ({@code .} sorts before {@code _}).
 */
record SegmentName(Instant second, int number) implements Comparable<SegmentName> {
    /** Three digits, so that names of one second still sort as text. */
    private static final int MAX_NUMBER = 999;

    private static final String PREFIX = "security_audit_";
    private static final char DIGIT = '0';
    private static final String PLAIN = PREFIX + "0000-00-00_00-00-00.log";
    private static final String NUMBERED = PREFIX + "0000-00-00_00-00-00_000.log";
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd_HH-mm-ss", Locale.ROOT);
    private static final Comparator<SegmentName> BY_AGE =
            Comparator.comparing(SegmentName::second).thenComparingInt(SegmentName::number);

    /** The first name of a log. */
    static SegmentName first(Instant now) {
        return new SegmentName(now.truncatedTo(ChronoUnit.SECONDS), 0);
    }

    /** The name that follows this one at {@code now}: later than this one even if the clock stepped back. */
    SegmentName next(Instant now) {
        Instant nowSecond = now.truncatedTo(ChronoUnit.SECONDS);
        if (nowSecond.isAfter(second)) {
            return new SegmentName(nowSecond, 0);
        }
        return number < MAX_NUMBER
                ? new SegmentName(second, number + 1)
                : new SegmentName(second.plus(1, ChronoUnit.SECONDS), 0);
    }

    /** The segment that {@code fileName} names; empty for every other file. A directory may hold ten thousands of names. */
    static Optional<SegmentName> parse(String fileName) {
        boolean numbered = fileName.length() == NUMBERED.length();
        if (!hasForm(fileName, numbered ? NUMBERED : PLAIN)) {
            return Optional.empty();
        }
        int at = PREFIX.length();
        int number = numbered ? digits(fileName, at + 20, 3) : 0;
        if (numbered && number == 0) {
            return Optional.empty();
        }
        try {
            LocalDateTime second = LocalDateTime.of(
                    digits(fileName, at, 4),
                    digits(fileName, at + 5, 2),
                    digits(fileName, at + 8, 2),
                    digits(fileName, at + 11, 2),
                    digits(fileName, at + 14, 2),
                    digits(fileName, at + 17, 2));
            return Optional.of(new SegmentName(second.toInstant(ZoneOffset.UTC), number));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static boolean hasForm(String fileName, String form) {
        boolean has = fileName.length() == form.length() && fileName.startsWith(PREFIX);
        for (int i = PREFIX.length(); has && i < form.length(); i++) {
            char c = fileName.charAt(i);
            has = form.charAt(i) == DIGIT ? c >= '0' && c <= '9' : c == form.charAt(i);
        }
        return has;
    }

    private static int digits(String fileName, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            value = 10 * value + fileName.charAt(i) - '0';
        }
        return value;
    }

    String fileName() {
        String time = SECOND.format(LocalDateTime.ofInstant(second, ZoneOffset.UTC));
        return number == 0
                ? "security_audit_" + time + ".log"
                : "security_audit_" + time + "_" + threeDigits(number) + ".log";
    }

    /** Not with a format, which looks up the digits of the locale each time. */
    private static String threeDigits(int number) {
        return Integer.toString(MAX_NUMBER + 1 + number).substring(1);
    }

    @Override
    public int compareTo(SegmentName other) {
        return BY_AGE.compare(this, other);
    }
}
