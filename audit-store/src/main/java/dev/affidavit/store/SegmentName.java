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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file name of a segment: the second, in UTC, in which it was begun, and a number that tells apart those begun in
 * one second. The digits are ASCII in every locale. Names sort by age, as text too ({@code .} sorts before {@code _}).
 */
record SegmentName(Instant second, int number) implements Comparable<SegmentName> {
    /** Three digits, so that names of one second still sort as text. */
    private static final int MAX_NUMBER = 999;

    private static final Pattern PATTERN =
            Pattern.compile("security_audit_(\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d)(?:_(\\d{3}))?\\.log");
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

    /** The segment that {@code fileName} names; empty for every other file. */
    static Optional<SegmentName> parse(String fileName) {
        Matcher matcher = PATTERN.matcher(fileName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Instant second = LocalDateTime.parse(matcher.group(1), SECOND).toInstant(ZoneOffset.UTC);
            String number = matcher.group(2);
            SegmentName name = new SegmentName(second, number == null ? 0 : Integer.parseInt(number));
            // 31 February parses as the 28th, and _000 as no number: names of other files than this one.
            return Optional.of(name).filter(parsed -> parsed.fileName().equals(fileName));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    String fileName() {
        String time = SECOND.format(LocalDateTime.ofInstant(second, ZoneOffset.UTC));
        return number == 0
                ? "security_audit_" + time + ".log"
                : "security_audit_" + time + "_" + threeDigits(number) + ".log";
    }

    /** Not with a format, which looks up the digits of the locale each time: readers list the directory at every segment. */
    private static String threeDigits(int number) {
        return Integer.toString(MAX_NUMBER + 1 + number).substring(1);
    }

    @Override
    public int compareTo(SegmentName other) {
        return BY_AGE.compare(this, other);
    }
}
