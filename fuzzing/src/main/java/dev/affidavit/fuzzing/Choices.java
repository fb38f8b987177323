package dev.affidavit.fuzzing;

import java.util.Arrays;
import java.util.List;

/**
 * Takes bytes for choices. Whatever they are, there is always a next choice: behind the last byte they are all zero. The
 * same bytes always choose the same.
 */
final class Choices {
    /** Doubling a text so often makes one of more than a line may hold out of few bytes: rarely, since it is slow. */
    private static final int MOST_DOUBLINGS = 16;

    private static final int FEW_DOUBLINGS = 8;
    private static final int RARE = 0xfc;

    private final byte[] bytes;
    private int at;

    Choices(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isEmpty() {
        return at >= bytes.length;
    }

    int octet() {
        return isEmpty() ? 0 : bytes[at++] & 0xff;
    }

    boolean flag() {
        return (octet() & 1) == 1;
    }

    /** From 0 to {@code bound - 1}; the bound is 256 at most. */
    int below(int bound) {
        return octet() % bound;
    }

    <T> T of(List<T> some) {
        return some.get(below(some.size()));
    }

    long number() {
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = (number << Byte.SIZE) | octet();
        }
        return number;
    }

    /** The next bytes: at most {@code most}, and no more than there are. */
    byte[] bytes(int most) {
        int end = Math.min(at + most, bytes.length);
        byte[] taken = Arrays.copyOfRange(bytes, Math.min(at, end), end);
        at = Math.max(at, end);
        return taken;
    }

    byte[] rest() {
        return bytes(bytes.length);
    }

    /** A text, sometimes a very long one. */
    String longText() {
        String text = text();
        return octet() >= RARE ? text.repeat(1 << doublings()) : text;
    }

    private int doublings() {
        int octet = octet();
        return octet >= RARE ? below(MOST_DOUBLINGS + 1) : octet % FEW_DOUBLINGS;
    }

    /** A text of any UTF-16 units, lone surrogates included. */
    String text() {
        int kind = octet();
        byte[] units = bytes((kind & 1) == 0 ? below(24) : 2 * below(24));
        StringBuilder text = new StringBuilder();
        if ((kind & 1) == 0) {
            for (byte unit : units) {
                text.append((char) (unit & 0xff));
            }
        } else {
            for (int i = 0; i + 1 < units.length; i += 2) {
                text.append((char) (((units[i] & 0xff) << Byte.SIZE) | (units[i + 1] & 0xff)));
            }
        }
        return text.toString();
    }
}
