package dev.affidavit.forward.splunk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as Splunk wants them, in seconds with six decimals. Never by way of a double, which has too few digits. */
final class EpochTime {
    private static final Pattern TIMESTAMP =
            Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9}))?Z");
    private static final int DECIMALS = 6;
    private static final long SECONDS_PER_DAY = 86_400;

    private EpochTime() {}

    /** Of a line's timestamp; null if it is none, or before 1970, where Splunk's time begins. */
    static @Nullable String of(String timestamp) {
        Matcher part = TIMESTAMP.matcher(timestamp);
        if (!part.matches()) {
            return null;
        }
        try {
            long day = LocalDate.of(number(part, 1), number(part, 2), number(part, 3))
                    .toEpochDay();
            int hour = number(part, 4);
            int minute = number(part, 5);
            int second = number(part, 6); // 60 in a leap second, which is the next one here
            if (day < 0 || hour > 23 || minute > 59 || second > 60) {
                return null;
            }
            String fraction = part.group(7) == null ? "" : part.group(7);
            return (day * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second) + "." + decimals(fraction);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    static String of(Instant time) {
        return "%d.%06d".formatted(time.getEpochSecond(), time.getNano() / 1000);
    }

    private static int number(Matcher part, int group) {
        return Integer.parseInt(part.group(group));
    }

    private static String decimals(String fraction) {
        return fraction.length() >= DECIMALS
                ? fraction.substring(0, DECIMALS)
                : fraction + "0".repeat(DECIMALS - fraction.length());
    }
}
