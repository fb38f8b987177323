package dev.affidavit.testkit.hostile;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A value that a line must hold, in the words of {@code check_lines.py}: nothing in them is JSON. Immutable. */
public final class Said {
    public static final Said NULL = new Said("null");
    public static final Said ANYTHING = new Said("*");
    /** A text of more units than this is written as what it repeats, if it repeats. */
    private static final int LONG = 10_000;

    private static final int LONGEST_UNIT = 4;

    private final String tokens;

    private Said(String tokens) {
        this.tokens = tokens;
    }

    /** The text, to the last unit. */
    public static Said text(CharSequence text) {
        return new Said("u" + units(text.toString()));
    }

    /** The beginning of the text, and the mark that says how long it was. */
    public static Said cut(CharSequence text) {
        return new Said("c" + units(text.toString()));
    }

    /** What stands in the place of a value whose own code threw. */
    public static Said unreadable(Class<? extends Throwable> thrown) {
        return text("[unreadable: " + thrown.getName() + "]");
    }

    /** A number of this value, written as a number. */
    public static Said number(Number number) {
        return new Said("#" + number);
    }

    public static Said bool(boolean value) {
        return new Said(Boolean.toString(value));
    }

    public static Said list(Said... values) {
        return list(Arrays.asList(values));
    }

    public static Said list(List<Said> values) {
        return new Said(
                "[" + values.size() + values.stream().map(value -> " " + value).collect(Collectors.joining()));
    }

    /** Members in the order of the map. */
    public static Said object(Map<String, Said> members) {
        return new Said("{" + members.size()
                + members.entrySet().stream()
                        .map(member -> " " + text(member.getKey()) + " " + member.getValue())
                        .collect(Collectors.joining()));
    }

    private static String units(String text) {
        for (int unit = 1; unit <= LONGEST_UNIT && text.length() > LONG; unit++) {
            if (text.length() % unit == 0 && text.regionMatches(0, text, unit, text.length() - unit)) {
                return text.length() / unit + "*" + hexadecimal(text.substring(0, unit));
            }
        }
        return hexadecimal(text);
    }

    private static String hexadecimal(String text) {
        byte[] units = new byte[2 * text.length()]; // by hand: an encoder would replace half a pair
        for (int i = 0; i < text.length(); i++) {
            units[2 * i] = (byte) (text.charAt(i) >> Byte.SIZE);
            units[2 * i + 1] = (byte) text.charAt(i);
        }
        return HexFormat.of().formatHex(units);
    }

    @Override
    public String toString() {
        return tokens;
    }
}
