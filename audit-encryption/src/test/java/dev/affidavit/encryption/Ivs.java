package dev.affidavit.encryption;

import static dev.affidavit.encryption.Samples.LOG;
import static dev.affidavit.encryption.Samples.SEGMENT;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The IVs of encrypted lines, each as the 96 bits that it is. */
final class Ivs {
    private static final byte[] LINE = "{}\n".getBytes(StandardCharsets.US_ASCII);

    private final long[] high;
    private final int[] low;
    private int count;

    Ivs(int capacity) {
        high = new long[capacity];
        low = new int[capacity];
    }

    /** Those of lines of one segment. */
    void addLines(int lines) throws EncryptionKeyException {
        try (LineEncrypter encrypter = Samples.encrypter()) {
            for (int i = 0; i < lines; i++) {
                add(encrypter);
            }
        }
    }

    /** Those of the first lines after each start. */
    void addInstances(int instances, int linesEach) throws EncryptionKeyException {
        KeyRing keys = Samples.ring();
        for (int instance = 0; instance < instances; instance++) {
            try (LineEncrypter encrypter = new LineEncrypter(LOG, keys, new SecureRandom())) {
                for (int i = 0; i < linesEach; i++) {
                    add(encrypter);
                }
            }
        }
    }

    private void add(LineEncrypter encrypter) throws EncryptionKeyException {
        encrypter.encrypt(SEGMENT, LINE, LINE.length);
        int ivAt = encrypter.length() - 1 - 22 - 1 - 3 - 1 - 16; // end, tag, dot, ciphertext of two bytes, dot, IV
        byte[] iv = new byte[12];
        if (!Base64Url.decode(encrypter.bytes(), ivAt, 16, iv, 0)) {
            throw new IllegalStateException("no IV is there");
        }
        high[count] = ByteBuffer.wrap(iv).getLong();
        low[count] = ByteBuffer.wrap(iv).getInt(8);
        count++;
    }

    /** How many of them were there before. */
    long repeated() {
        // Equal ones have equal high parts: those are few, so only they are compared as a whole.
        long[] sorted = Arrays.copyOf(high, count);
        Arrays.sort(sorted);
        long[] suspects = IntStream.range(1, count)
                .filter(i -> sorted[i] == sorted[i - 1])
                .mapToLong(i -> sorted[i])
                .distinct()
                .toArray();
        int[] places = IntStream.range(0, count)
                .filter(i -> Arrays.binarySearch(suspects, high[i]) >= 0)
                .toArray();
        long distinct = Arrays.stream(places)
                .mapToObj(i -> high[i] + " " + low[i])
                .distinct()
                .count();
        return places.length - distinct;
    }
}
