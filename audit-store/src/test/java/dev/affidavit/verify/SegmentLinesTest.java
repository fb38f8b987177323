package dev.affidavit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.seal.TreeHash;
import dev.affidavit.seal.TreeRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentLinesTest {
    private static final int BUFFER = 256 * 1024;

    /** Lines of every length around that of the buffer, wherever they begin in it, from streams that give little at a time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_003, Integer.MAX_VALUE})
    void shouldReadLinesOfEveryLength(int atOnce) throws Exception {
        Random random = new Random(1);
        List<byte[]> lines = new ArrayList<>();
        int most = atOnce < 100 ? 300 : 3 * BUFFER;
        for (int length :
                new int[] {0, 0, 1, 7, 8, 9, BUFFER - 2, 3, BUFFER - 1, 0, BUFFER, BUFFER + 1, 5, 2 * BUFFER, 1, 0}) {
            byte[] line = new byte[Math.min(length, most)];
            random.nextBytes(line);
            for (int i = 0; i < line.length; i++) {
                line[i] = line[i] == '\n' || line[i] == 0 ? (byte) 0x8A : line[i];
            }
            lines.add(line);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        List<TreeHash> leaves = new ArrayList<>();
        for (byte[] line : lines) {
            file.write(line);
            file.write('\n');
            leaves.add(TreeHash.leaf(line));
        }
        file.write("no line".getBytes(UTF_8));
        AtomicLong read = new AtomicLong();
        GrowingTree tree = GrowingTree.from(TreeRange.EMPTY);
        try (SegmentLines reading =
                SegmentLines.of(slow(file.toByteArray(), atOnce), Long.MAX_VALUE, read::addAndGet)) {
            for (byte[] line : lines) {
                reading.keepLines(true);
                reading.keepBeginnings();
                assertThat(reading.readLine(tree)).isTrue();
                assertThat(tree.leaf()).isEqualTo(TreeHash.leaf(line).bytes());
                assertThat(Arrays.equals(reading.line(), line)).isTrue();
                assertThat(reading.beginning()).isEqualTo(Arrays.copyOf(line, Math.min(line.length, 128)));
            }
            assertThat(reading.readLine(tree)).isFalse();
            assertThat(reading.readLine(tree)).isFalse();
            assertThat(reading.beforeNuls()).isNull();
        }
        assertThat(tree.range()).isEqualTo(SealedSample.rangeOf(leaves));
        assertThat(read).hasValue(file.size());
    }

    private static InputStream slow(byte[] bytes, int atOnce) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, atOnce));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 5, 8, 9, 100})
    void shouldReadNoMoreThanCounts(int counts) throws Exception {
        GrowingTree tree = GrowingTree.from(TreeRange.EMPTY);
        try (SegmentLines reading = SegmentLines.of(slow("abc\ndef\n".getBytes(UTF_8), 100), counts, more -> {})) {
            while (reading.readLine(tree)) {
                assertThat(tree.size()).isLessThanOrEqualTo(counts / 4);
            }
        }
        assertThat(tree.size()).isEqualTo(Math.min(2, counts / 4));
    }

    /** Lines with a NUL do not count where nothing but such lines follows, and count where others do. */
    @Test
    void shouldTellTheTreeBeforeTheLastNuls() throws Exception {
        GrowingTree tree = GrowingTree.from(TreeRange.EMPTY);
        try (SegmentLines reading =
                SegmentLines.of(slow("a\n\0\nb\n\0\nx\0\n\0".getBytes(UTF_8), 100), Long.MAX_VALUE, more -> {})) {
            reading.lookForNul();
            while (reading.readLine(tree)) {
                assertThat(tree.size()).isLessThanOrEqualTo(5);
            }
            assertThat(reading.beforeNuls())
                    .isEqualTo(SealedSample.rangeOf(List.of(
                            TreeHash.leaf(new byte[] {'a'}),
                            TreeHash.leaf(new byte[] {0}),
                            TreeHash.leaf(new byte[] {'b'}))));
        }
        assertThat(tree.size()).isEqualTo(5);
    }
}
