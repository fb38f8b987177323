package dev.affidavit.verify;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was found.
 *
 * @param rule that does not hold, or that it is about
 * @param verdict what it means
 * @param file the name of the file; null for the log as a whole
 * @param offset of the statement in that file; -1 if it is not about one
 * @param lines where in the log; null if that is not about lines
 * @param expected what has to be there; empty if nothing has to be
 * @param found what is there
 */
public record Finding(
        Rule rule,
        Verdict verdict,
        @Nullable String file,
        long offset,
        @Nullable Lines lines,
        String expected,
        String found) {

    /** Texts of a log are shown without what moves or hides characters on a screen. */
    public Finding {
        expected = printable(expected);
        found = printable(found);
    }

    /**
     * Lines of the log, counted from 0.
     *
     * @param first of them
     * @param end behind the last of them; {@code first} where it is about none, but what stands before that line
     */
    public record Lines(long first, long end) {
        @Override
        public String toString() {
            return first + 1 >= end ? "line " + first : "lines " + first + " to " + (end - 1);
        }
    }

    static Finding ofLog(Rule rule, Verdict verdict, String expected, String found) {
        return new Finding(rule, verdict, null, -1, null, expected, found);
    }

    static Finding ofFile(Rule rule, Verdict verdict, String file, String expected, String found) {
        return new Finding(rule, verdict, file, -1, null, expected, found);
    }

    static Finding ofStatement(Rule rule, String file, long offset, String expected, String found) {
        return new Finding(rule, Verdict.TAMPERED, file, offset, null, expected, found);
    }

    static Finding ofLines(Rule rule, Verdict verdict, String file, Lines lines, String expected, String found) {
        return new Finding(rule, verdict, file, -1, lines, expected, found);
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR ->
                    shown.append("\\u{%X}".formatted(c));
                default -> shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /** For people: where, what was expected, what was found, and by which rule. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (file != null) {
            text.append(file).append(offset < 0 ? "" : " at byte " + offset).append(lines == null ? ": " : ", ");
        }
        if (lines != null) {
            text.append(lines).append(": ");
        }
        return text.append(expected.isEmpty() ? "" : "expected " + expected + ", ")
                .append("found ")
                .append(found)
                .append(" [")
                .append(rule.id())
                .append(']')
                .toString();
    }
}
