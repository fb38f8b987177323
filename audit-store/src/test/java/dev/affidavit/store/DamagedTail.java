package dev.affidavit.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file of lines of which the last 8 KB are damaged, and what is to be seen of it.
 *
 * @param what was done
 * @param bytes of the file after that
 * @param from where the damage begins
 * @param to where it ends; all bytes before and behind are those that were written
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DamagedTail(String what, byte[] bytes, int from, int to) {
    static final int TAIL_BYTES = 8 * 1024;
    private static final int HEAD_BYTES = 2 * 1024;
    /** What ext4 leaves after a power cut ends with a page or a sector; what a device does, anywhere. */
    private static final int[] ZEROS = {1, 2, 16, 300, 512, 1500, 4096, TAIL_BYTES};

    /** One bit, the sign of a letter, and what makes {@code \n} of an x. */
    private static final int[] FLIPS = {0x01, 0x80, 'x' ^ '\n'};

    /** Lines of all lengths up to some hundred bytes, one longer than half of the tail, and letters of two and three bytes. */
    static byte[] whole() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < HEAD_BYTES; i++) {
            text.append("head ").append(i).append('\n');
        }
        int begin = text.length();
        for (int i = 0; text.length() - begin < TAIL_BYTES; i++) {
            text.append("line ").append(i).append(' ').append("x".repeat(i == 5 ? 4500 : i * 37 % 290));
            text.append(i % 7 == 0 ? "é€\n" : "\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static DamagedTail of(String what, byte[] bytes, int from, int to) {
        return new DamagedTail("%s, bytes %d to %d".formatted(what, from, to), bytes, from, to);
    }

    /** Cut at every byte of the tail, its end included. */
    static void cuts(int step, Consumer<DamagedTail> test) {
        byte[] whole = whole();
        for (int at = whole.length; at >= whole.length - TAIL_BYTES; at -= step) {
            test.accept(of("cut", Arrays.copyOf(whole, at), at, at));
        }
    }

    /** Every byte of the tail flipped. */
    static void flips(int step, Consumer<DamagedTail> test) {
        byte[] whole = whole();
        for (int at = whole.length - TAIL_BYTES; at < whole.length; at += step) {
            for (int flip : FLIPS) {
                byte[] bytes = whole.clone();
                bytes[at] ^= (byte) flip;
                test.accept(of("flipped by " + flip, bytes, at, at + 1));
            }
        }
    }

    /** Runs of zeros from every byte of the tail on; and the same where the file ends with them, or a part of the last line. */
    static void zeros(int step, Consumer<DamagedTail> test) {
        byte[] whole = whole();
        for (int at = whole.length - TAIL_BYTES; at < whole.length; at += step) {
            for (int length : ZEROS) {
                byte[] bytes = whole.clone();
                int to = Math.min(at + length, bytes.length);
                Arrays.fill(bytes, at, to, (byte) 0);
                test.accept(of("zeroed", bytes, at, to));
                test.accept(of("zeroed and cut behind it", Arrays.copyOf(bytes, to), at, to));
            }
            byte[] longer =
                    Arrays.copyOf(Arrays.copyOf(whole, at), at + 4096); // the length came to the disk, the data did not
            test.accept(of("cut, with a page of zeros behind it", longer, at, longer.length));
        }
    }

    /** Where the last line ends that has its {@code \n} and no NUL. What is behind that goes, all before stays as it is. */
    int kept() {
        int kept = 0;
        boolean nul = false;
        for (int i = 0; i < bytes.length; i++) {
            nul |= bytes[i] == 0;
            if (bytes[i] == '\n') {
                kept = nul ? kept : i + 1;
                nul = false;
            }
        }
        return kept;
    }

    /** The lines that are kept. */
    List<String> keptLines() {
        return lines(Arrays.copyOf(bytes, kept()));
    }

    /** The lines, as they were written, that end before the damage. */
    List<String> linesBefore() {
        return lines(Arrays.copyOf(bytes, from)); // what is unfinished there is left out
    }

    static List<String> lines(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(new String(bytes, begin, i - begin, StandardCharsets.ISO_8859_1));
                begin = i + 1;
            }
        }
        return lines;
    }

    @Override
    public String toString() {
        return what;
    }
}
