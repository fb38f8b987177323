package dev.affidavit.verify;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which names are those of files of a log, and of their seals. As text they sort by age. */
final class SegmentFileName {
    static final String SEAL = ".seal";

    private static final Pattern FORM =
            Pattern.compile("security_audit_([0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{2}-[0-9]{2}-[0-9]{2})(_[0-9]{3})?\\.log");
    private static final String NUMBER_NEVER_GIVEN = "_000";
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd_HH-mm-ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private SegmentFileName() {}

    static boolean is(String name) {
        Matcher form = FORM.matcher(name);
        if (!form.matches() || NUMBER_NEVER_GIVEN.equals(form.group(2))) {
            return false;
        }
        try {
            LocalDateTime.parse(form.group(1), SECOND);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
