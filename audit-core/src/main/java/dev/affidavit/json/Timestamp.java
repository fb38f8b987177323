package dev.affidavit.json;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Writes moments as {@code 2026-01-19T02:54:27.000000Z}: UTC, six digits of a second, cut and not rounded. Keeps the text
 * of the last second, since most moments are in it. Not thread-safe.
 */
final class Timestamp {
    private static final long FIRST_SECOND = LocalDateTime.of(0, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long LAST_SECOND =
            LocalDateTime.of(9999, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC);

    private static final int FRACTION_AT = "2026-01-19T02:54:27.".length();
    private static final int FRACTION_DIGITS = 6;

    /** With a fraction of zero. */
    private byte[] text = new byte[0];

    private long second = Long.MIN_VALUE;

    /** Whether RFC 3339 has a form for it: a year of four digits. */
    static boolean isWritable(Instant moment) {
        return moment.getEpochSecond() >= FIRST_SECOND && moment.getEpochSecond() <= LAST_SECOND;
    }

    void write(LineBuffer out, Instant moment) {
        if (moment.getEpochSecond() != second) {
            text = text(LocalDateTime.ofEpochSecond(moment.getEpochSecond(), 0, ZoneOffset.UTC));
            second = moment.getEpochSecond();
        }
        int fraction = out.length() + FRACTION_AT;
        out.write(text);
        out.setDigits(fraction, moment.getNano() / 1000, FRACTION_DIGITS);
    }

    private static byte[] text(LocalDateTime utc) {
        return Ascii.bytes(String.format(
                Locale.ROOT,
                "%04d-%02d-%02dT%02d:%02d:%02d.000000Z",
                utc.getYear(),
                utc.getMonthValue(),
                utc.getDayOfMonth(),
                utc.getHour(),
                utc.getMinute(),
                utc.getSecond()));
    }
}
