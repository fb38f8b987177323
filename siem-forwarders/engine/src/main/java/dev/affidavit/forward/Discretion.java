package dev.affidavit.forward;

import dev.affidavit.spi.ForwardedLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be told of a destination's words about lines that are encrypted in the log: destinations quote what they do not
 * like, and dead letters, events and logs are for more eyes.
 */
final class Discretion {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final String LEFT_OUT =
            "the rest is left out, since it may quote an event that is encrypted in the log";
    /** Causes can be many, or go round. */
    private static final int MAX_CLASSES = 5;

    private Discretion() {}

    /** The first word of a reason, if no line has it: such as the name or the number of an error. */
    static String reason(String reason, List<ForwardedLine> lines) {
        return firstWord(reason, lines) + "(" + LEFT_OUT + ")";
    }

    /** A failure with the first word of its message and the names of its classes, thrown where it was thrown. */
    static QuotingException failure(Throwable failure, List<ForwardedLine> lines) {
        QuotingException told = new QuotingException(
                "%s(%s; %s)"
                        .formatted(
                                firstWord(Health.reason(failure), lines),
                                String.join(", ", classes(failure)),
                                LEFT_OUT),
                failure);
        try {
            told.setStackTrace(failure.getStackTrace());
        } catch (RuntimeException e) {
            // A destination's own exception, with whatever its code throws: this one has its own trace.
        }
        return told;
    }

    private static List<String> classes(Throwable failure) {
        List<String> classes = new ArrayList<>();
        try {
            for (Throwable at = failure; at != null && classes.size() < MAX_CLASSES; at = at.getCause()) {
                classes.add(at.getClass().getName());
            }
        } catch (RuntimeException e) {
            // The same.
        }
        return classes;
    }

    private static String firstWord(String text, List<ForwardedLine> lines) {
        Matcher word = WORD.matcher(text);
        return Optional.of(word)
                .filter(Matcher::find)
                .map(Matcher::group)
                .filter(found -> lines.stream().noneMatch(line -> has(line, found)))
                .map(found -> found + " … ")
                .orElse("");
    }

    private static boolean has(ForwardedLine line, String word) {
        return new String(line.json(), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .contains(word.toLowerCase(Locale.ROOT));
    }
}
