package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class LogReaderTest {
    private static final int ALL = Integer.MAX_VALUE;

    @Test
    void shouldReadLinesInOrderOverSegments(@TempDir Path directory) {
        List<String> texts = write(directory, 0, 100);

        try (LogReader reader = LogReader.fromOldest(directory)) {
            List<StoredLine> lines = reader.read(ALL, ALL);

            assertThat(LogFiles.texts(lines)).isEqualTo(texts);
            assertThat(lines.get(0).segment()).isEqualTo("security_audit_2026-11-21_10-00-00.log");
            assertThat(lines.get(0).offset()).isZero();
            assertThat(lines.get(1).offset()).isEqualTo(texts.get(0).length() + 1L);
            assertThat(lines.get(99).segment()).isEqualTo("security_audit_2026-11-21_10-00-00_009.log");
            assertThat(reader.resumption()).isEqualTo(Resumption.EXACT);
            assertThat(reader.read(ALL, ALL)).isEmpty();
        }
    }

    @Test
    void shouldStopAtTheLimitsOfABatch(@TempDir Path directory) {
        List<String> texts = write(directory, 0, 20);

        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(LogFiles.texts(reader.read(3, ALL))).isEqualTo(texts.subList(0, 3));
            assertThat(LogFiles.texts(reader.read(ALL, 1))).isEqualTo(texts.subList(3, 4));
            assertThat(LogFiles.texts(reader.read(ALL, 50))).hasSize(3).isEqualTo(texts.subList(4, 7));
            assertThat(LogFiles.texts(reader.read(ALL, ALL))).isEqualTo(texts.subList(7, 20));
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsNoLog(@TempDir Path directory) {
        assertThatThrownBy(() -> LogReader.fromOldest(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(directory.toString());
        assertThatThrownBy(() -> LogReader.fromOldest(directory.resolve("missing")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void shouldFollowALogThatIsWrittenAndRotated(@TempDir(factory = InMemory.class) Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(
                        test.options().maxSegmentBytes(1_000).maxSegments(1_000).build());
                LogReader reader = LogReader.fromOldest(directory)) {
            FutureTask<Void> writing = Threads.start("writer", () -> {
                for (int i = 0; i < 20_000; i++) {
                    log.append(TextLine.padded("line " + i, 10 + i % 50), Durability.WRITTEN);
                }
                return null;
            });

            List<String> read = new ArrayList<>();
            while (read.size() < 20_000) {
                read.addAll(LogFiles.texts(reader.read(100, 10_000)));
            }

            Threads.get(writing);
            assertThat(read).isEqualTo(LogFiles.lines(directory));
            assertThat(reader.read(ALL, ALL)).isEmpty();
        }
    }

    @Test
    void shouldNotReturnALineBeforeItIsFinished(@TempDir Path directory) throws Exception {
        write(directory, 0, 1);
        Path segment = LogFiles.only(directory);

        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(reader.read(ALL, ALL)).hasSize(1);
            Position before = reader.position().orElseThrow();
            for (String part : List.of("unfin", "ished")) {
                Files.writeString(segment, part, StandardOpenOption.APPEND);
                assertThat(reader.read(ALL, ALL)).isEmpty();
                assertThat(reader.position()).contains(before);
            }
            Files.writeString(segment, "\nnext", StandardOpenOption.APPEND);

            assertThat(LogFiles.texts(reader.read(ALL, ALL))).containsExactly("unfinished");
        }
    }

    @Test
    void shouldForgetAnUnfinishedLineThatTheWriterCutOff(@TempDir Path directory) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TestLog test = new TestLog(directory);
        List<String> written = new ArrayList<>();
        List<String> read = new ArrayList<>();
        try (LogWriter log = test.open();
                LogReader reader = LogReader.fromOldest(directory)) {
            Path segment = LogFiles.only(directory);

            for (int i = 0; i < 300; i++) {
                long intact = Files.size(segment);
                Files.writeString(segment, "?".repeat(random.nextInt(40)), StandardOpenOption.APPEND);
                read.addAll(LogFiles.texts(reader.read(ALL, ALL)));
                try (var channel = Files.newByteChannel(segment, StandardOpenOption.WRITE)) {
                    channel.truncate(intact);
                }
                String text = "line %d %s".formatted(i, "x".repeat(random.nextInt(40)));
                log.append(TextLine.of(text), Durability.WRITTEN);
                written.add(text);
                if (random.nextBoolean()) {
                    read.addAll(LogFiles.texts(reader.read(ALL, ALL)));
                }
            }
            read.addAll(LogFiles.texts(reader.read(ALL, ALL)));
        }
        assertThat(read).as("seed %d", seed).isEqualTo(written);
    }

    @Test
    void shouldReadALineLongerThanItsBuffer(@TempDir Path directory) {
        String longLine = "L".repeat(1_000_000);
        try (LogWriter log = new TestLog(directory).open()) {
            for (String text : List.of("before", longLine, "after")) {
                log.append(TextLine.of(text), Durability.WRITTEN);
            }
        }

        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(LogFiles.texts(reader.read(ALL, ALL))).containsExactly("before", longLine, "after");
        }
    }

    @Test
    void shouldGoOnExactlyBehindEveryPosition(@TempDir Path directory) {
        List<String> texts = write(directory, 0, 50);
        List<Position> positions = new ArrayList<>();
        try (LogReader reader = LogReader.fromOldest(directory)) {
            while (!reader.read(1, ALL).isEmpty()) {
                positions.add(reader.position().orElseThrow());
            }
        }
        assertThat(positions).hasSize(50);

        for (int i = 0; i < positions.size(); i++) {
            try (LogReader reader = LogReader.from(directory, positions.get(i))) {
                assertThat(reader.resumption()).isEqualTo(Resumption.EXACT);
                assertThat(reader.position()).contains(positions.get(i));
                assertThat(LogFiles.texts(reader.read(ALL, ALL))).isEqualTo(texts.subList(i + 1, 50));
            }
        }
    }

    @Test
    void shouldCountLinesInThePosition(@TempDir Path directory) {
        write(directory, 0, 15);

        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(reader.position()).isEmpty();
            List<StoredLine> lines = reader.read(ALL, ALL);

            Position position = reader.position().orElseThrow();
            assertThat(position.segment()).isEqualTo(lines.get(14).segment());
            assertThat(position.line()).isEqualTo(5);
            assertThat(position.offset()).isEqualTo(5 * 20);
            assertThat(position.lastLine()).isEqualTo(Sha256.hex(lines.get(14).bytes()));
        }
    }

    @Test
    void shouldGoOnAtTheHeadOfTheNextSegmentWhenItsOwnIsGone(@TempDir Path directory) throws Exception {
        List<String> texts = write(directory, 0, 40);
        Position position;
        try (LogReader reader = LogReader.fromOldest(directory)) {
            reader.read(15, ALL);
            position = reader.position().orElseThrow();
        }
        Files.delete(directory.resolve(LogFiles.names(directory).get(0)));
        Files.delete(directory.resolve(position.segment()));

        try (LogReader reader = LogReader.from(directory, position)) {
            assertThat(reader.resumption()).isEqualTo(Resumption.SEGMENT_GONE);
            assertThat(reader.position()).isEmpty();
            assertThat(LogFiles.texts(reader.read(ALL, ALL))).isEqualTo(texts.subList(20, 40));
        }
    }

    @Test
    void shouldBeginAgainWhenAnOlderStateOfTheDirectoryWasPutBack(@TempDir Path directory) {
        List<String> texts = write(directory, 0, 10);
        Position fromTheFuture = new Position("security_audit_2027-01-01_00-00-00.log", 10, 1, "0".repeat(64));

        try (LogReader reader = LogReader.from(directory, fromTheFuture)) {
            assertThat(reader.resumption()).isEqualTo(Resumption.SEGMENT_GONE);
            assertThat(LogFiles.texts(reader.read(ALL, ALL))).isEqualTo(texts);
        }
    }

    @Test
    void shouldBeginTheSegmentAgainWhenItIsAnotherFile(@TempDir Path directory) throws Exception {
        write(directory, 0, 5);
        Position position;
        try (LogReader reader = LogReader.fromOldest(directory)) {
            reader.read(3, ALL);
            position = reader.position().orElseThrow();
        }
        Path segment = LogFiles.only(directory);
        String whole = Files.readString(segment);
        String other = whole.substring(0, 45) + "?" + whole.substring(46);
        List<String> changed = List.of(other, whole.substring(0, 59), whole.substring(1), whole.substring(0, 20), "");

        for (String content : changed) {
            Files.writeString(segment, content);
            try (LogReader reader = LogReader.from(directory, position)) {
                assertThat(reader.resumption()).as(content).isEqualTo(Resumption.SEGMENT_CHANGED);
                assertThat(reader.position()).contains(TestLog.HEAD);
                assertThat(String.join("", LogFiles.texts(reader.read(ALL, ALL))))
                        .isEqualTo(content.substring(0, content.lastIndexOf('\n') + 1)
                                .replace("\n", ""));
            }
        }
    }

    @Test
    void shouldGoOnAtTheHeadOfASegment(@TempDir Path directory) {
        List<String> texts = write(directory, 0, 5);
        Position head = TestLog.HEAD;

        try (LogReader reader = LogReader.from(directory, head)) {
            assertThat(reader.resumption()).isEqualTo(Resumption.EXACT);
            assertThat(LogFiles.texts(reader.read(ALL, ALL))).isEqualTo(texts);
        }
    }

    @Test
    void shouldReadTheRestOfASegmentThatIsRemovedMeanwhile(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        try (LogWriter log =
                test.open(test.options().maxSegmentBytes(200).maxSegments(2).build())) {
            List<String> texts = append(log, 0, 10);
            try (LogReader reader = LogReader.fromOldest(directory)) {
                assertThat(LogFiles.texts(reader.read(3, ALL))).isEqualTo(texts.subList(0, 3));
                List<String> later = append(log, 10, 60);
                log.endHousekeeping();

                List<String> rest = LogFiles.texts(reader.read(ALL, ALL));

                assertThat(rest).startsWith(texts.subList(3, 10).toArray(String[]::new));
                assertThat(rest.subList(7, rest.size())).isEqualTo(later.subList(40, 60));
            }
        }
    }

    @Test
    void shouldHoldOneFileOpenHoweverManySegmentsItPassed(@TempDir Path directory) throws Exception {
        write(directory, 0, 500);

        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(reader.read(ALL, ALL)).hasSize(500);

            assertThat(openFilesUnder(directory)).isEqualTo(1);
            reader.force();
        }
        assertThat(openFilesUnder(directory)).isZero();
    }

    @Test
    void shouldReturnWhatItReadBeforeAFailure(@TempDir Path directory) throws Exception {
        List<String> texts = write(directory, 0, 5);
        Files.write(LogFiles.only(directory), new byte[LogWriter.MAX_LINE_BYTES], StandardOpenOption.APPEND);

        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(LogFiles.texts(reader.read(ALL, ALL))).isEqualTo(texts);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> reader.read(ALL, ALL))
                        .isInstanceOf(DamagedException.class)
                        .hasMessageContaining("byte 100");
            }
        }
    }

    @Test
    void shouldIgnoreFilesThatAreNoSegments(@TempDir Path directory) throws Exception {
        List<String> texts = write(directory, 0, 5);
        for (String name : List.of(
                "security_audit_2026-02-31_10-00-00.log",
                "security_audit_2026-11-21_10-00-00_000.log",
                "security_audit_2026-11-21_10-00-00.log.seal",
                "notes.log")) {
            Files.writeString(directory.resolve(name), "no segment\n");
        }

        texts.addAll(write(directory, 5, 5));

        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(LogFiles.texts(reader.read(ALL, ALL))).isEqualTo(texts);
        }
    }

    /** Ten lines of 20 bytes to a segment. */
    private static List<String> write(Path directory, int first, int count) {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(200).build())) {
            return append(log, first, count);
        }
    }

    private static List<String> append(LogWriter log, int first, int count) {
        List<String> texts = new ArrayList<>();
        IntStream.range(first, first + count).forEach(i -> {
            String text = "line %03d abcdefghij".formatted(i);
            log.append(TextLine.of(text), Durability.WRITTEN);
            texts.add(text);
        });
        return texts;
    }

    private static long openFilesUnder(Path directory) throws IOException {
        Path real = directory.toRealPath();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> target(descriptor).startsWith(real.toString()))
                    .count();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
