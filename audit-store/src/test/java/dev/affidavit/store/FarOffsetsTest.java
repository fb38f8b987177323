package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A segment that is larger than an int can say. Most of it is a hole, which costs the disk nothing. */
@Timeout(600)
final class FarOffsetsTest {
    private static final long FAR = 3L * 1024 * 1024 * 1024;
    private static final String FIRST = "first";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestLog log;

    @SuppressWarnings("NullAway.Init")
    private String segment;

    /** One line, whose end is at {@link #FAR}, and the lines behind it. */
    @BeforeEach
    void makeLog() throws IOException {
        log = new TestLog(directory);
        log.open().close();
        segment = LogFiles.only(directory).getFileName().toString();
    }

    private LogOptions.Builder options() {
        return log.options().maxSegmentBytes(2 * FAR);
    }

    private void write(String behind) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve(segment).toFile(), "rw")) {
            file.seek(FAR - 1);
            file.write(("\n" + behind).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void append(LogWriter writer, String... lines) {
        for (String line : lines) {
            writer.append(TextLine.of(line), Durability.WRITTEN);
        }
    }

    @Test
    void shouldRecoverWriteAndReadThere() throws IOException {
        write(FIRST + "\ntorn");
        try (LogWriter writer = log.open(options().build())) {
            Recovery recovery = writer.recovery().orElseThrow();
            assertThat(recovery.offset()).isEqualTo(FAR + FIRST.length() + 1);
            assertThat(recovery.keptAt()).hasContent("torn");
            assertThat(writer.lastLine().map(StoredLine::bytes)).hasValue(FIRST.getBytes(StandardCharsets.US_ASCII));
            append(writer, "second", "third");
            writer.sync();
            assertThat(writer.statistics().segmentBytes()).isEqualTo(FAR + "first\nsecond\nthird\n".length());
        }

        Position behindFirst = new Position(
                segment, FAR + FIRST.length() + 1, 2, Sha256.hex(FIRST.getBytes(StandardCharsets.US_ASCII)));
        Position stored;
        try (LogReader reader = LogReader.from(directory, behindFirst)) {
            assertThat(reader.resumption()).isEqualTo(Resumption.EXACT);
            List<StoredLine> lines = reader.read(1, 1000);
            assertThat(LogFiles.texts(lines)).containsExactly("second");
            assertThat(lines.get(0).end()).isEqualTo(FAR + "first\nsecond\n".length());
            Cursors.of(directory).write("soc", reader.position().orElseThrow());
            stored = Cursors.of(directory).read("soc").orElseThrow();
        }
        assertThat(stored.offset()).isEqualTo(FAR + "first\nsecond\n".length());
        assertThat(stored.line()).isEqualTo(3);
        try (LogReader reader = LogReader.from(directory, segment, stored.offset());
                LogReader fromEnd = LogReader.fromEnd(directory)) {
            assertThat(reader.resumption()).isEqualTo(Resumption.EXACT);
            assertThat(LogFiles.texts(reader.read(10, 1000))).containsExactly("third");
            assertThat(fromEnd.read(1, 1)).isEmpty();
        }
        assertThat(LogExtent.of(directory).bytesBehind(stored)).isEqualTo("third\n".length());
        assertThat(LogExtent.of(directory).bytesBehind(new Position(segment, 0, 0, null)))
                .isEqualTo(FAR + "first\nsecond\nthird\n".length());
    }

    @Test
    void shouldCopyFromThereWhatTheDeviceRefused() throws IOException {
        write(FIRST + "\n");
        try (LogWriter writer = log.open(options().build())) {
            append(writer, "second");
            writer.sync();
            append(writer, "third");
            log.disk.failNext(FaultyDisk.Operation.FORCE, "EIO");
            writer.sync();

            Threads.await("it is told", () -> !log.listener.rescued.isEmpty());
            assertThat(log.listener.rescued).singleElement().satisfies(rescue -> {
                assertThat(rescue.offset()).isEqualTo(FAR + "first\nsecond\n".length());
                assertThat(rescue.lines()).isEqualTo(1);
            });
            append(writer, "fourth");
        }
        try (LogReader reader = LogReader.from(directory, segment, FAR)) {
            assertThat(LogFiles.texts(reader.read(10, 1000))).containsExactly(FIRST, "second", "third", "fourth");
        }
    }

    @Test
    void shouldCountAndRemoveSoMuch() throws IOException {
        write(FIRST + "\n");
        LogOptions options =
                log.options().maxSegmentBytes(FAR + 10).maxBytes(2 * (FAR + 10)).build();
        try (LogWriter writer = log.open(options)) {
            append(writer, "second, which does not fit");
            assertThat(writer.statistics().retention().bytes())
                    .isEqualTo(FAR + "first\nsecond, which does not fit\n".length());

            writer.reconfigure(log.options().maxSegmentBytes(100).maxBytes(200).build());
            Threads.await("it is removed", () -> writer.statistics().retention().removed() == 1);
        }
        assertThat(log.listener.removals)
                .singleElement()
                .satisfies(removal -> assertThat(removal.bytes()).isEqualTo(FAR + FIRST.length() + 1));
        assertThat(LogFiles.lines(directory)).containsExactly("second, which does not fit");
    }
}
