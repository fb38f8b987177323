package dev.affidavit.json;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids of one log, each later than the one before, whatever the clock does. Not thread-safe: used in the turn that
 * orders the lines.
 */
public final class IdSequence {
    /** Until the year 2255: a later one is none of ours, and going on behind it would overflow. */
    private static final Pattern ID_AT_HEAD = Pattern.compile("^\\{\"id\":\"evt_([0-8]\\d{18})_\\d{10}\"");

    private long last;

    private IdSequence(long last) {
        this.last = last;
    }

    /** The sequence of a new log. */
    public static IdSequence beginning() {
        return new IdSequence(0);
    }

    /** The sequence that goes on behind {@code line}; one that is no event of this product counts for nothing. */
    public static IdSequence after(byte[] line) {
        String head = new String(line, 0, Math.min(line.length, 64), StandardCharsets.ISO_8859_1);
        Matcher matcher = ID_AT_HEAD.matcher(head);
        return new IdSequence(matcher.find() ? Long.parseLong(matcher.group(1)) : 0);
    }

    /** The next id's nanoseconds since the epoch: {@code nanos}, or one more than the last. */
    long next(long nanos) {
        last = Math.max(nanos, last + 1);
        return last;
    }
}
