package dev.affidavit.json;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of an event as JSON. A value is the application's own object, whose methods may fail, block, recurse
 * or change under our eyes: whatever one throws, a mark takes its place and the line goes on. Not thread-safe.
 */
final class ValueWriter {
    private static final byte[] NULL = Ascii.bytes("null");
    private static final byte[] TRUE = Ascii.bytes("true");
    private static final byte[] FALSE = Ascii.bytes("false");

    /** Integers beyond it lose digits in readers that hold numbers as doubles (RFC 8259, section 6). */
    private static final long MAX_EXACT_INTEGER = 1L << 53;

    private static final BigInteger MAX_EXACT = BigInteger.valueOf(MAX_EXACT_INTEGER);
    /** Decimal digits that every double keeps. */
    private static final int MAX_EXACT_DIGITS = 15;
    /** Well inside the exponents of a double. */
    private static final int MAX_EXACT_SCALE = 300;

    private final LineBuffer out;
    private Limits limits = Limits.WIDEST;
    /** Whether code of the application may run, in objects that are more than a text, a number or the like. */
    private boolean mayAsk = true;
    /** Whether every key looked at can stand as it is. */
    private boolean ordinaryKeys;

    // Made once, not for each event.
    private final BiConsumer<@Nullable String, @Nullable Object> keyCheck = this::checkKey;
    private final BiConsumer<String, @Nullable Object> detail = this::detail;

    ValueWriter(LineBuffer out) {
        this.out = out;
    }

    void limit(Limits to) {
        limits = to;
    }

    /** Writes text in quotes, cut with a mark where it is too long. */
    void text(String text) {
        text(text, limits.text());
    }

    private void text(String text, int limit) {
        requireRoom();
        int length = text.length();
        if (length <= limit) {
            JsonText.writeQuoted(out, text);
            return;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        String mark = cutMark(length);
        out.write('"');
        JsonText.write(out, text, end);
        JsonText.write(out, mark, mark.length());
        out.write('"');
    }

    private static String cutMark(int length) {
        return "…[cut, " + length + " characters]";
    }

    /** Else a list of lists of lists, or a number of long texts, would be written for ever before it is cut. */
    private void requireRoom() {
        if (out.length() > Limits.MAX_LINE_BYTES) {
            throw new LineTooLongException();
        }
    }

    void number(long number) {
        out.writeNumber(number);
    }

    void bool(boolean value) {
        out.write(value ? TRUE : FALSE);
    }

    void nothing() {
        out.write(NULL);
    }

    /** Writes the details of an event as an object. Two keys that become the same text are told apart. */
    void details(Map<String, @Nullable Object> details) {
        int[] depth = Asking.depth();
        mayAsk = depth[0] < Asking.DEEPEST;
        depth[0]++;
        try {
            if (details.size() <= limits.entries() && haveOrdinaryKeys(details)) {
                ordinary(details);
            } else {
                object(details, 1, new HashSet<>());
            }
        } finally {
            depth[0]--;
        }
    }

    /** Whether each key can stand as it is, so that no set of them is needed, nor an iterator. */
    private boolean haveOrdinaryKeys(Map<String, @Nullable Object> details) {
        ordinaryKeys = true;
        details.forEach(keyCheck);
        return ordinaryKeys;
    }

    private void checkKey(@Nullable String key, @Nullable Object value) {
        if (key == null || key.length() > Limits.KEY) {
            ordinaryKeys = false;
        }
    }

    private void ordinary(Map<String, @Nullable Object> details) {
        out.write('{');
        int start = out.length();
        details.forEach(detail);
        if (out.length() > start) {
            out.cutTo(out.length() - 1); // the last comma
        }
        out.write('}');
    }

    private void detail(String key, @Nullable Object value) {
        text(key, Limits.KEY);
        out.write(':');
        value(value, 1);
        out.write(',');
    }

    private void value(@Nullable Object value, int depth) {
        requireRoom();
        int start = out.length();
        try {
            unguarded(value, depth);
        } catch (LineTooLongException e) {
            throw e;
        } catch (Throwable e) { // StackOverflowError and OutOfMemoryError too: this event must still be recorded
            out.cutTo(start);
            text("[unreadable: " + e.getClass().getName() + "]");
        }
    }

    private void unguarded(@Nullable Object value, int depth) {
        if (value == null) {
            nothing();
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Boolean bool) {
            bool(bool);
        } else if (value instanceof Number number && (mayAsk || isOfTheJdk(number))) {
            number(number);
        } else if (value instanceof Enum<?> constant) {
            text(constant.name());
        } else if (!mayAsk) {
            text(Asking.MARK);
        } else if (value instanceof CharSequence) {
            text(value.toString());
        } else if (value instanceof Map<?, ?>
                || value instanceof Collection<?>
                || value.getClass().isArray()) {
            nested(value, depth + 1);
        } else {
            String text = value.toString();
            if (text == null) {
                nothing();
            } else {
                text(text);
            }
        }
    }

    private static boolean isOfTheJdk(Object value) {
        return value.getClass().getClassLoader() == null;
    }

    private void nested(Object value, int depth) {
        if (depth > limits.depth()) {
            text("[cut, nested deeper than " + limits.depth() + "]");
        } else if (value instanceof Map<?, ?> map) {
            object(map, depth, new HashSet<>()); // the application's own map may hold a text twice
        } else if (value instanceof Collection<?> elements) {
            list(elements.iterator(), elements.size(), depth);
        } else {
            array(value, depth);
        }
    }

    private void array(Object array, int depth) {
        int size = Array.getLength(array);
        list(
                new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < size;
                    }

                    @Override
                    public @Nullable Object next() {
                        return Array.get(array, next++);
                    }
                },
                size,
                depth);
    }

    private void list(Iterator<?> elements, int size, int depth) {
        out.write('[');
        for (int i = 0; elements.hasNext(); i++) {
            if (i > 0) {
                out.write(',');
            }
            if (i == limits.entries()) {
                text("[cut, " + size + " elements]");
                break;
            }
            value(elements.next(), depth);
        }
        out.write(']');
    }

    /** @param taken the keys so far */
    private void object(Map<?, ?> map, int depth, Set<String> taken) {
        out.write('{');
        int written = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (written > 0) {
                out.write(',');
            }
            if (written == limits.entries()) {
                key("[cut]", taken);
                text(map.size() + " entries");
                break;
            }
            key(entry.getKey(), taken);
            value(entry.getValue(), depth);
            written++;
        }
        out.write('}');
    }

    private void key(@Nullable Object key, Set<String> taken) {
        String wanted = keyText(key);
        String text = wanted;
        for (int i = 2; !taken.add(text); i++) {
            text = wanted + "#" + i;
        }
        text(text, Integer.MAX_VALUE);
        out.write(':');
    }

    private static String keyText(@Nullable Object key) {
        String text;
        try {
            text = String.valueOf(key);
        } catch (Throwable e) {
            return "[unreadable: " + e.getClass().getName() + "]";
        }
        if (text.length() <= Limits.KEY) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(Limits.KEY - 1)) ? Limits.KEY - 1 : Limits.KEY;
        return text.substring(0, end) + cutMark(text.length());
    }

    /** A number that every reader holds exactly is written as a number, any other as text. */
    private void number(Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            number(number.longValue());
            return;
        }
        if (isExactEverywhere(number)) {
            out.write(Ascii.bytes(number.toString()));
            return;
        }
        text(NumberText.of(number));
    }

    private static boolean isExactEverywhere(Number number) {
        if (number instanceof Long integer) {
            return integer >= -MAX_EXACT_INTEGER && integer <= MAX_EXACT_INTEGER;
        }
        if (number instanceof Double real) {
            return Double.isFinite(real);
        }
        if (number instanceof Float real) {
            return Float.isFinite(real);
        }
        if (number.getClass() == BigInteger.class) {
            return ((BigInteger) number).abs().compareTo(MAX_EXACT) <= 0;
        }
        if (number.getClass() == BigDecimal.class) {
            BigDecimal decimal = (BigDecimal) number;
            return NumberText.bits(decimal) < Long.SIZE
                    && decimal.precision() <= MAX_EXACT_DIGITS
                    && Math.abs((long) decimal.scale()) <= MAX_EXACT_SCALE;
        }
        return false; // AtomicLong and the application's own: their text need not be a number
    }
}
