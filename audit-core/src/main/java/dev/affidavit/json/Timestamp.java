package dev.affidavit.json;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Writes moments as {@code 2026-01-19T02:54:27.000000Z}: UTC, six digits of a second, cut and not rounded. */
final class Timestamp {
    private static final long FIRST_SECOND = LocalDateTime.of(0, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long LAST_SECOND =
            LocalDateTime.of(9999, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC);

    private Timestamp() {}

    /** Whether RFC 3339 has a form for it: a year of four digits. */
    static boolean isWritable(Instant moment) {
        return moment.getEpochSecond() >= FIRST_SECOND && moment.getEpochSecond() <= LAST_SECOND;
    }

    static void write(LineBuffer out, Instant moment) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), ZoneOffset.UTC);
        out.writeDigits(utc.getYear(), 4);
        out.write('-');
        out.writeDigits(utc.getMonthValue(), 2);
        out.write('-');
        out.writeDigits(utc.getDayOfMonth(), 2);
        out.write('T');
        out.writeDigits(utc.getHour(), 2);
        out.write(':');
        out.writeDigits(utc.getMinute(), 2);
        out.write(':');
        out.writeDigits(utc.getSecond(), 2);
        out.write('.');
        out.writeDigits(utc.getNano() / 1000, 6);
        out.write('Z');
    }
}
