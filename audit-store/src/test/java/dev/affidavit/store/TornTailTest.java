package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The last 8 KB of a log, cut at every byte, with bytes flipped and runs of zeros everywhere. What is whole before the damage
 * stays, nothing is made of what was not there, and readers see what recovery keeps, before it and after. The store knows
 * lines by their {@code \n}, and NUL for what no line holds: it cannot tell a flipped letter.
 */
@Timeout(600)
final class TornTailTest {
    /** Odd, so that the positions of the short tests fall on all kinds of bytes. */
    private static final int STEP = 61;

    private static final int LONG_STEP = 997;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path segment;

    private int checked;

    @BeforeEach
    void makeLog() throws IOException {
        try (LogWriter writer = open()) {
            assertThat(writer.recovery()).isEmpty();
        }
        segment = LogFiles.only(directory);
    }

    private LogWriter open() {
        TestLog log = new TestLog(directory);
        return LogWriter.open(log.options().build(), LogListener.NONE, log.environment(new UnforcedDisk()));
    }

    // What the scan of the tail finds.

    @Test
    void shouldFindWhatIsWholeBeforeADamage() {
        DamagedTail.cuts(1, this::scan);
        DamagedTail.flips(7, this::scan);
        DamagedTail.zeros(STEP, this::scan);

        assertThat(checked).isGreaterThan(10_000);
    }

    @Tag("campaign")
    @Test
    void shouldFindWhatIsWholeBeforeEveryDamage() {
        DamagedTail.cuts(1, this::scan);
        DamagedTail.flips(1, this::scan);
        DamagedTail.zeros(1, this::scan);

        assertThat(checked).isEqualTo(8193 + 3 * 8192 + 17 * 8192);
        report();
    }

    private void scan(DamagedTail damaged) {
        try {
            TailScan found = TailScan.of(new InMemory(damaged.bytes()), "test");
            int kept = damaged.kept();
            if (found.intact() != kept) {
                assertThat(found.intact()).as(damaged.toString()).isEqualTo(kept);
            }
            int begin = lastNewline(damaged.bytes(), kept - 1) + 1;
            byte[] last = found.lastLine();
            if (last == null || Arrays.mismatch(last, Arrays.copyOfRange(damaged.bytes(), begin, kept - 1)) >= 0) {
                assertThat(last).as(damaged.toString()).isNotNull();
            }
            requireWhole(damaged);
            checked++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that ends before the damage is kept, whatever the oracle says. */
    private static void requireWhole(DamagedTail damaged) {
        if (damaged.kept() < lastNewline(damaged.bytes(), damaged.from()) + 1) {
            throw new AssertionError(damaged + ": only %d bytes are kept".formatted(damaged.kept()));
        }
    }

    private static int lastNewline(byte[] bytes, int before) {
        int at = Math.min(before, bytes.length) - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record InMemory(byte[] content) implements StoredBytes {
        @Override
        public long length() {
            return content.length;
        }

        @Override
        public void read(long position, byte[] into) {
            System.arraycopy(content, (int) position, into, 0, into.length);
        }
    }

    // What a writer and readers make of it.

    @Test
    void shouldRecoverFromACutAnywhere() {
        DamagedTail.cuts(STEP, this::recover);
    }

    @Test
    void shouldRecoverFromFlippedBytes() {
        DamagedTail.flips(3 * STEP, this::recover);
    }

    @Test
    void shouldRecoverFromZeros() {
        DamagedTail.zeros(LONG_STEP, this::recover);
    }

    @Tag("campaign")
    @Timeout(900)
    @Test
    void shouldRecoverFromACutAtEveryByte() {
        DamagedTail.cuts(1, this::recover);
        report();
    }

    @Tag("campaign")
    @Timeout(900)
    @Test
    void shouldRecoverFromEveryFlippedByte() {
        DamagedTail.flips(1, this::recover);
        report();
    }

    @Tag("campaign")
    @Timeout(900)
    @Test
    void shouldRecoverFromZerosAtEveryThirdByte() {
        DamagedTail.zeros(3, this::recover);
        report();
    }

    private void report() {
        System.out.printf("damaged tails: %d%n", checked);
    }

    private void recover(DamagedTail damaged) {
        try {
            Files.write(segment, damaged.bytes());
            List<String> kept = damaged.keptLines();
            List<String> before = damaged.linesBefore();
            assertThat(kept.subList(0, before.size())).as(damaged.what()).isEqualTo(before);
            Position inFront = positionBehind(before.size());
            Position atEnd = requireRead(damaged, kept);

            try (LogWriter writer = open()) {
                requireRecovery(damaged, writer);
                writer.append(TextLine.of("after"), Durability.WRITTEN);
            }
            requireGoingOn(damaged, inFront, kept.subList(before.size(), kept.size()));
            requireGoingOn(damaged, atEnd, List.of());
            try (LogWriter writer = open()) {
                assertThat(writer.recovery()).as(damaged.what()).isEmpty();
                assertThat(writer.warnings()).isEmpty();
            }
            checked++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Position positionBehind(int lines) {
        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(reader.read(lines, Integer.MAX_VALUE)).hasSize(lines);
            return reader.position().orElseThrow();
        }
    }

    /** Before the log is opened by a writer. Gives back where the reader stopped. */
    private Position requireRead(DamagedTail damaged, List<String> kept) {
        try (LogReader reader = LogReader.fromOldest(directory);
                LogReader fromEnd = LogReader.fromEnd(directory)) {
            assertThat(texts(reader)).as(damaged.what()).isEqualTo(kept);
            Position stopped = reader.position().orElseThrow();
            assertThat(stopped.offset()).isEqualTo(damaged.kept());
            assertThat(fromEnd.read(1, 1)).isEmpty();
            assertThat(fromEnd.position()).hasValue(stopped);
            assertThat(LogExtent.of(directory).bytesBehind(stopped)).isEqualTo(damaged.bytes().length - damaged.kept());
            return stopped;
        }
    }

    private void requireRecovery(DamagedTail damaged, LogWriter writer) throws IOException {
        int kept = damaged.kept();
        if (kept == damaged.bytes().length) {
            assertThat(writer.recovery()).as(damaged.what()).isEmpty();
        } else {
            Recovery recovery = writer.recovery().orElseThrow();
            assertThat(recovery.offset()).as(damaged.what()).isEqualTo(kept);
            assertThat(recovery.bytes()).as(damaged.what()).isEqualTo(damaged.bytes().length - kept);
            assertThat(recovery.keptAt())
                    .hasBinaryContent(Arrays.copyOfRange(damaged.bytes(), kept, damaged.bytes().length));
            Files.delete(recovery.keptAt());
        }
        assertThat(segment).as(damaged.what()).hasBinaryContent(Arrays.copyOf(damaged.bytes(), kept));
    }

    /** A reader that came to a place before goes on there, and passes over nothing. */
    private void requireGoingOn(DamagedTail damaged, Position from, List<String> kept) {
        try (LogReader reader = LogReader.from(directory, from)) {
            assertThat(reader.resumption()).as(damaged.what()).isEqualTo(Resumption.EXACT);
            List<String> read = texts(reader);
            assertThat(read.subList(0, read.size() - 1)).as(damaged.what()).isEqualTo(kept);
            assertThat(read.get(read.size() - 1)).isEqualTo("after");
        }
    }

    private static List<String> texts(LogReader reader) {
        return reader.read(Integer.MAX_VALUE, Integer.MAX_VALUE).stream()
                .map(line -> new String(line.bytes(), StandardCharsets.ISO_8859_1))
                .toList();
    }
}
