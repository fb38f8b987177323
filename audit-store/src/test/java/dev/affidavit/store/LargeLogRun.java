package dev.affidavit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Writes a log of so many bytes, or reads one, and says how fast and how much lived on the heap meanwhile. Each line has its number and
 * a checksum, so that what is read is known to be what was written, in its order.
 */
final class LargeLogRun {
    private static final int LINE_BYTES = 300;
    private static final int CHECKSUM_DIGITS = 8;
    private static final int BATCH = 2000;
    private static final double MEGA = 1e6;

    private final Path directory;
    private final long lines;
    private final long segmentBytes;
    private final long begin = System.nanoTime();
    private final byte[] line = new byte[LINE_BYTES];
    private long liveBytes;

    private LargeLogRun(Path directory, long bytes, long segmentBytes) {
        this.directory = directory;
        this.lines = bytes / LINE_BYTES;
        this.segmentBytes = segmentBytes;
    }

    /** Arguments: {@code write} or {@code read}, directory, bytes of the log, bytes of a segment. */
    public static void main(String[] arguments) throws IOException {
        LargeLogRun run =
                new LargeLogRun(Path.of(arguments[1]), Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
        if (arguments[0].equals("write")) {
            run.write();
        } else {
            run.read();
        }
        double seconds = (System.nanoTime() - run.begin) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: %d lines, %.1f GB in %.0f s: %.0f MB/s, at most %.1f MB lived on the heap%n",
                arguments[0],
                run.lines,
                run.lines * LINE_BYTES / 1e9,
                seconds,
                run.lines * LINE_BYTES / MEGA / seconds,
                run.liveBytes / MEGA);
    }

    private void write() {
        LogOptions options = LogOptions.in(directory)
                .maxSegmentBytes(segmentBytes)
                .maxSegments(1_000_000)
                .build();
        try (LogWriter writer = LogWriter.open(options, LogListener.NONE)) {
            for (long number = 0; number < lines; number++) {
                fill(number);
                writer.append(new TextLine(line, LINE_BYTES), Durability.WRITTEN);
                look(number);
            }
        }
    }

    /** Leaves the log where it is in the middle of each segment, and comes back by its cursor. */
    private void read() throws IOException {
        LogReader reader = LogReader.fromOldest(directory);
        long number = 0;
        while (number < lines) {
            List<StoredLine> read = reader.read(BATCH, Integer.MAX_VALUE);
            if (read.isEmpty()) {
                throw new IOException("line %d is missing, of %d".formatted(number, lines));
            }
            for (StoredLine stored : read) {
                require(stored.bytes(), number);
                number++;
                look(number);
            }
            if (number % (lines / 20 / BATCH * BATCH + BATCH) == 0) {
                Position position = reader.position().orElseThrow();
                reader.close();
                Cursors.of(directory).write("large", position);
                reader = LogReader.from(
                        directory, Cursors.of(directory).read("large").orElseThrow());
                if (reader.resumption() != Resumption.EXACT) {
                    throw new IOException(position + " is not there any more");
                }
            }
        }
        if (!reader.read(1, 1).isEmpty()) {
            throw new IOException("there are more than %d lines".formatted(lines));
        }
        reader.close();
    }

    private void fill(long number) {
        long rest = number;
        for (int i = LINE_BYTES - 2 - CHECKSUM_DIGITS; i >= 0; i--) {
            line[i] = (byte) ('0' + rest % 10);
            rest = rest > 9 ? rest / 10 : number + i; // not one line like another
        }
        byte[] checksum = checksum(line);
        System.arraycopy(checksum, 0, line, LINE_BYTES - 1 - CHECKSUM_DIGITS, CHECKSUM_DIGITS);
        line[LINE_BYTES - 1] = '\n';
    }

    private static byte[] checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, LINE_BYTES - 1 - CHECKSUM_DIGITS);
        byte[] digits = ByteBuffer.allocate(CHECKSUM_DIGITS)
                .putLong(sum.getValue() * 0x0101_0101L)
                .array();
        for (int i = 0; i < CHECKSUM_DIGITS; i++) {
            digits[i] = (byte) ('A' + (digits[i] & 15));
        }
        return digits;
    }

    private void require(byte[] stored, long number) throws IOException {
        fill(number);
        if (stored.length != LINE_BYTES - 1 || Arrays.mismatch(stored, 0, stored.length, line, 0, stored.length) >= 0) {
            throw new IOException("line %d is not what was written".formatted(number));
        }
    }

    /** Twenty times a run. */
    private void look(long number) {
        if (number % (lines / 20 + 1) == 0) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            liveBytes = Math.max(liveBytes, runtime.totalMemory() - runtime.freeMemory());
        }
    }
}
