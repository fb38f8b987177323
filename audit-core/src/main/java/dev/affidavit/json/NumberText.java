package dev.affidavit.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/** The text of a number, made in a time that is bounded whatever the number. */
public final class NumberText {
    /** About 10,000 digits: making a text of many more takes longer than writing all else of an event. */
    private static final int MAX_BITS = 1 << 15;

    private NumberText() {}

    /** The number's own text, or a mark with how large it is. */
    public static String of(Number number) {
        int bits = bits(number);
        return bits > MAX_BITS ? "[cut, a number of " + bits + " bits]" : number.toString();
    }

    /** How large a number without bounds is; 0 for any other. */
    static int bits(Number number) {
        if (number.getClass() == BigInteger.class) {
            return ((BigInteger) number).bitLength();
        }
        return number.getClass() == BigDecimal.class
                ? ((BigDecimal) number).unscaledValue().bitLength()
                : 0;
    }
}
