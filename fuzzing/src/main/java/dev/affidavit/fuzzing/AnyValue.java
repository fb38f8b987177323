package dev.affidavit.fuzzing;

import dev.affidavit.Severity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A value of any shape that an application can put into the details of an event. */
final class AnyValue {
    private static final int MAX_DEPTH = 6;
    private static final int LEAVES = 14;
    private static final int BRANCHES = 6;

    private final Choices choices;
    /** The lists and maps that the next value will be in. */
    private final Deque<Object> around = new ArrayDeque<>();

    AnyValue(Choices choices) {
        this.choices = choices;
    }

    @Nullable
    Object next() {
        int kind = choices.below(LEAVES + BRANCHES);
        return kind < LEAVES || around.size() == MAX_DEPTH ? leaf(kind % LEAVES) : branch(kind - LEAVES);
    }

    private @Nullable Object leaf(int kind) {
        return switch (kind) {
            case 0 -> null;
            case 1 -> choices.flag();
            case 2 -> (int) choices.number();
            case 3 -> choices.number();
            case 4 -> Double.longBitsToDouble(choices.number());
            case 5 -> Float.intBitsToFloat((int) choices.number());
            case 6 -> new BigDecimal(integer(), (int) choices.number());
            case 7 -> integer().shiftLeft(choices.flag() ? choices.octet() << 8 : 0);
            case 8 -> CharBuffer.wrap(choices.longText());
            case 9 -> new AtomicLong(choices.number());
            case 10 -> new Failing(choices.below(3));
            case 11 -> choices.of(List.of(Severity.INFO, Optional.of("x"), Instant.MAX, 'c', Object.class));
            case 12 -> choices.bytes(choices.below(40));
            default -> choices.longText();
        };
    }

    private BigInteger integer() {
        byte[] magnitude = choices.bytes(choices.below(24));
        return magnitude.length == 0 ? BigInteger.ZERO : new BigInteger(magnitude);
    }

    private @Nullable Object branch(int kind) {
        return switch (kind) {
            case 0 -> list();
            case 1 -> map();
            case 2 -> list().toArray();
            case 3 -> Collections.nCopies(choices.octet() * choices.below(8), next());
            case 4 -> nested();
            default -> around.isEmpty() ? "nothing around" : choices.of(List.copyOf(around));
        };
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        around.push(list);
        for (int i = choices.below(6); i > 0; i--) {
            list.add(next());
        }
        around.pop();
        return list;
    }

    private Map<@Nullable Object, @Nullable Object> map() {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        around.push(map);
        for (int i = choices.below(6); i > 0; i--) {
            map.put(key(), next());
        }
        around.pop();
        return map;
    }

    /** Keys that are not texts, and some that become the same text. */
    private @Nullable Object key() {
        int small = choices.below(3);
        return switch (choices.below(8)) {
            case 0 -> null;
            case 1 -> small;
            case 2 -> (long) small;
            case 3 -> Integer.toString(small);
            case 4 -> small + "#2";
            case 5 -> new Failing(small);
            default -> choices.longText();
        };
    }

    private @Nullable Object nested() {
        Object value = next();
        for (int depth = choices.below(32); depth > 0; depth--) {
            value = depth % 2 == 0 ? Collections.singletonList(value) : Collections.singletonMap("k", value);
        }
        return value;
    }

    /** An object whose text cannot be had. */
    static final class Failing {
        private final int how;

        Failing(int how) {
            this.how = how;
        }

        @Override
        public String toString() {
            if (how == 0) {
                throw new IllegalStateException("\"},{\" secret");
            }
            throw how == 1 ? new StackOverflowError() : new OutOfMemoryError("not really");
        }

        String mark() {
            return switch (how) {
                case 0 -> "[unreadable: java.lang.IllegalStateException]";
                case 1 -> "[unreadable: java.lang.StackOverflowError]";
                default -> "[unreadable: java.lang.OutOfMemoryError]";
            };
        }
    }
}
