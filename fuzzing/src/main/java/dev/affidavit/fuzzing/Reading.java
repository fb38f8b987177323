package dev.affidavit.fuzzing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.fuzzing.AnyValue.Failing;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares what was written with what was said, by the words of docs/format.md alone. */
final class Reading {
    /** Bytes that every line has room for: nothing of an event that needs less may be cut for its length. */
    private static final int SMALL = 900_000;

    /** More than any number, mark, class name or moment needs. */
    private static final int SHORT = 64;

    /** An escape. */
    private static final int LONGEST_CHARACTER = 6;

    private static final int MAX_ENTRIES = 1000;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_KEY = 1024;
    private static final int MAX_NUMBER_BITS = 32_768;
    private static final int MAX_EXACT_DIGITS = 15;
    private static final int MAX_EXACT_SCALE = 300;
    private static final BigInteger MAX_EXACT = BigInteger.TWO.pow(53);

    private static final Pattern CUT_TEXT = Pattern.compile("(?s)(.*)…\\[cut, (\\d+) characters]");
    private static final Pattern CUT_DEPTH = Pattern.compile("\\[cut, nested deeper than (\\d+)]");

    private final boolean isSmall;

    private Reading(boolean isSmall) {
        this.isSmall = isSmall;
    }

    static Reading of(Map<String, @Nullable Object> fields) {
        return new Reading(volume(fields, 0, 0) < SMALL);
    }

    /** A number that is always written as one. */
    record Exact(long number) {}

    void hold(String where, JsonNode written, @Nullable Object said) {
        hold(where, written, said, 0);
    }

    private void hold(String where, JsonNode written, @Nullable Object said, int depth) {
        boolean holds;
        if (said == null) {
            holds = written.isNull();
        } else if (said instanceof Boolean bool) {
            holds = written.isBoolean() && written.booleanValue() == bool;
        } else if (said instanceof Exact exact) {
            holds = written.canConvertToLong() && written.longValue() == exact.number();
        } else if (said instanceof Number number) {
            holds = holdsNumber(written, number);
        } else if (said instanceof Map<?, ?>
                || said instanceof Collection<?>
                || said.getClass().isArray()) {
            holds = holdsNested(where, written, said, depth + 1);
        } else {
            holds = holdsText(written, said instanceof Failing failing ? failing.mark() : said.toString());
        }
        if (!holds) {
            throw new AssertionError("%s: said %s, written %s".formatted(where, describe(said), written));
        }
    }

    private static String describe(@Nullable Object said) {
        return said == null
                ? "null"
                : said instanceof String text ? text : said.getClass().getName();
    }

    private boolean holdsText(JsonNode written, String said) {
        if (!written.isTextual()) {
            return false;
        }
        String text = written.textValue();
        if (text.equals(said) || isSmall) {
            return text.equals(said);
        }
        Matcher cut = CUT_TEXT.matcher(text);
        return cut.matches()
                && said.startsWith(cut.group(1))
                && cut.group(2).equals(Integer.toString(said.length()))
                && !endsWithin(cut.group(1), said);
    }

    /** Whether a character of two units is cut through. */
    private static boolean endsWithin(String start, String said) {
        int end = start.length();
        return end > 0
                && end < said.length()
                && Character.isHighSurrogate(said.charAt(end - 1))
                && Character.isLowSurrogate(said.charAt(end));
    }

    private boolean holdsNumber(JsonNode written, Number said) {
        if (isExactEverywhere(said)) {
            return written.isNumber()
                    && written.decimalValue().compareTo(new BigDecimal(said.toString())) == 0
                    && written.asText().startsWith("-") == said.toString().startsWith("-");
        }
        int bits = said instanceof BigInteger integer
                ? integer.bitLength()
                : said instanceof BigDecimal decimal ? decimal.unscaledValue().bitLength() : 0;
        return holdsText(
                written, bits > MAX_NUMBER_BITS ? "[cut, a number of %d bits]".formatted(bits) : said.toString());
    }

    private static boolean isExactEverywhere(Number said) {
        if (said instanceof Double || said instanceof Float) {
            return Double.isFinite(said.doubleValue());
        }
        if (said instanceof BigDecimal decimal) {
            return decimal.precision() <= MAX_EXACT_DIGITS && Math.abs((long) decimal.scale()) <= MAX_EXACT_SCALE;
        }
        if (said instanceof BigInteger integer) {
            return integer.abs().compareTo(MAX_EXACT) <= 0;
        }
        boolean isInteger = said instanceof Byte || said instanceof Integer || said instanceof Long;
        return isInteger && BigInteger.valueOf(said.longValue()).abs().compareTo(MAX_EXACT) <= 0;
    }

    private boolean holdsNested(String where, JsonNode written, Object said, int depth) {
        if (written.isTextual()) {
            Matcher cut = CUT_DEPTH.matcher(written.textValue());
            return cut.matches()
                    && (isSmall ? depth == MAX_DEPTH + 1 && cut.group(1).equals("16") : depth > 2);
        }
        if (said instanceof Map<?, ?> map) {
            return written.isObject() && holdsMap(where, written, map, depth);
        }
        return written.isArray() && holdsList(where, written, elements(said), depth);
    }

    private boolean holdsList(String where, JsonNode written, List<?> said, int depth) {
        boolean isCut = written.size() > 0
                && written.size() <= said.size()
                && written.get(written.size() - 1).asText().equals("[cut, %d elements]".formatted(said.size()));
        int kept = isCut && isCut(written.size(), said.size()) ? written.size() - 1 : written.size();
        for (int i = 0; i < kept && i < said.size(); i++) {
            hold(where + "[" + i + "]", written.get(i), said.get(i), depth);
        }
        return kept < written.size() || kept == said.size();
    }

    /** Whether a mark at this place may be one: a value that looks like one is no mark. */
    private boolean isCut(int written, int said) {
        return isSmall ? said > MAX_ENTRIES && written == MAX_ENTRIES + 1 : written <= said;
    }

    private boolean holdsMap(String where, JsonNode written, Map<?, ?> said, int depth) {
        Set<String> taken = new HashSet<>();
        Iterator<Map.Entry<String, JsonNode>> fields = written.properties().iterator();
        int kept = 0;
        for (Map.Entry<?, ?> entry : said.entrySet()) {
            if (!fields.hasNext()) {
                return false;
            }
            Map.Entry<String, JsonNode> field = fields.next();
            String mark = free("[cut]", taken);
            if (isCut(kept + 1, said.size())
                    && field.getKey().equals(mark)
                    && field.getValue().asText().equals(said.size() + " entries")
                    && !fields.hasNext()) {
                return true;
            }
            String key = free(key(entry.getKey()), taken);
            if (!field.getKey().equals(key)) {
                throw new AssertionError("%s: expected key %s, found %s".formatted(where, key, field.getKey()));
            }
            taken.add(key);
            hold(where + "." + key, field.getValue(), entry.getValue(), depth);
            kept++;
        }
        return !fields.hasNext();
    }

    private static String free(String key, Set<String> taken) {
        String free = key;
        for (int i = 2; taken.contains(free); i++) {
            free = key + "#" + i;
        }
        return free;
    }

    private static String key(@Nullable Object key) {
        String text = key instanceof Failing failing ? failing.mark() : String.valueOf(key);
        if (text.length() <= MAX_KEY) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_KEY - 1)) ? MAX_KEY - 1 : MAX_KEY;
        return "%s…[cut, %d characters]".formatted(text.substring(0, end), text.length());
    }

    private static List<?> elements(Object listOrArray) {
        return listOrArray instanceof List<?> list
                ? list
                : IntStream.range(0, Array.getLength(listOrArray))
                        .mapToObj(i -> Array.get(listOrArray, i))
                        .toList();
    }

    /** The most that there can be to write; counted no further than {@link #SMALL}. */
    private static int volume(@Nullable Object said, int depth, int soFar) {
        int volume = soFar + SHORT;
        if (volume >= SMALL || said == null) {
            return volume;
        }
        if (said instanceof CharSequence text) {
            return (int) Math.min(SMALL, volume + (long) LONGEST_CHARACTER * text.length());
        }
        if (said instanceof BigInteger || said instanceof BigDecimal) {
            return volume + MAX_NUMBER_BITS / 3;
        }
        if (depth > MAX_DEPTH) {
            return volume; // a list or map has a mark in its place
        }
        if (said instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                volume = volume(entry.getKey(), depth, volume(entry.getValue(), depth + 1, volume));
            }
        } else if (said instanceof Collection<?> || said.getClass().isArray()) {
            for (Object element : elements(said)) {
                if (volume >= SMALL) {
                    break;
                }
                volume = volume(element, depth + 1, volume);
            }
        }
        return volume;
    }
}
