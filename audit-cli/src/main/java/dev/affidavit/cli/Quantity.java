package dev.affidavit.cli;

import java.util.Locale;

/** Bytes and times as a person reads them. */
final class Quantity {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int KIBI = 1024;
    private static final int PERCENT = 100;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Quantity() {}

    /** In the largest unit of which there is one. */
    static String bytes(long bytes) {
        if (bytes < KIBI) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = -1;
        while (amount >= KIBI) {
            amount /= KIBI;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** Of a log, which gets longer while it is written. */
    static String part(long done, long all) {
        int percent = all <= 0 ? PERCENT : (int) Math.min(PERCENT, (double) done / all * PERCENT);
        return "%s of %s, %d %%".formatted(bytes(done), bytes(all), percent);
    }

    /** In two units at most. */
    static String seconds(double seconds) {
        long whole = (long) seconds;
        if (whole < MINUTE) {
            return whole + " s";
        }
        if (whole < HOUR) {
            return "%d min %d s".formatted(whole / MINUTE, whole % MINUTE);
        }
        return whole < DAY
                ? "%d h %d min".formatted(whole / HOUR, whole % HOUR / MINUTE)
                : "%d d %d h".formatted(whole / DAY, whole % DAY / HOUR);
    }
}
