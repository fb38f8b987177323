package dev.affidavit.json;

/** Decimal digits, two at a time. */
final class Digits {
    /** What an int surely holds. */
    private static final int INT_DIGITS = 9;

    /** The texts of 00 to 99, one behind the other. */
    private static final byte[] PAIRS = new byte[200];

    static {
        for (int pair = 0; pair < 100; pair++) {
            PAIRS[2 * pair] = (byte) ('0' + pair / 10);
            PAIRS[2 * pair + 1] = (byte) ('0' + pair % 10);
        }
    }

    private Digits() {}

    /** How many a number has that is not negative. */
    static int count(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** Writes the last {@code digits} digits of a number that is not negative to {@code bytes} from {@code from} on. */
    static void set(byte[] bytes, int from, long number, int digits) {
        long rest = number;
        int at = from + digits;
        while (at - from > INT_DIGITS) {
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        setInt(bytes, from, (int) (rest % 1_000_000_000), at);
    }

    private static void setInt(byte[] bytes, int from, int number, int to) {
        int rest = number;
        int at = to;
        while (at - from > 1) {
            int pair = 2 * (rest % 100);
            rest /= 100;
            bytes[--at] = PAIRS[pair + 1];
            bytes[--at] = PAIRS[pair];
        }
        if (at > from) {
            bytes[from] = (byte) ('0' + rest % 10);
        }
    }
}
