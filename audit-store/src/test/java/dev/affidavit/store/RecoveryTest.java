package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecoveryTest {

    @Test
    void shouldFindNothingToRecoverInANewLog(@TempDir Path directory) {
        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.recovery()).isEmpty();
            assertThat(log.lastLine()).isEmpty();
        }
        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.recovery()).isEmpty();
            assertThat(log.lastLine()).isEmpty();
        }
    }

    @Test
    void shouldFindNothingToRecoverAfterAnOrderlyStop(@TempDir Path directory) {
        append(directory, "one", "two");

        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.recovery()).isEmpty();
            assertThat(log.lastLine().map(StoredLine::bytes)).hasValue("two".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldKeepACopyOfATornTailForTheOwnerAlone(@TempDir Path directory) throws Exception {
        Path whole = directory.resolve("whole");
        for (int i = 0; i < 40; i++) {
            append(whole, "line %d %s".formatted(i, "x".repeat(i % 23)));
        }
        byte[] bytes = Files.readAllBytes(LogFiles.only(whole));
        Path log = directory.resolve("log");
        append(log);
        Path segment = LogFiles.only(log);

        for (int cut = bytes.length; cut >= bytes.length - 40; cut--) {
            byte[] left = Arrays.copyOf(bytes, cut);
            Files.write(segment, left);

            try (LogWriter writer = new TestLog(log).open()) {
                int intact = lastNewline(left) + 1;
                if (intact == cut) {
                    assertThat(writer.recovery()).as("cut at %d", cut).isEmpty();
                } else {
                    Recovery recovery = writer.recovery().orElseThrow();
                    assertThat(recovery.segment())
                            .isEqualTo(segment.getFileName().toString());
                    assertThat(recovery.offset()).as("cut at %d", cut).isEqualTo(intact);
                    assertThat(recovery.bytes()).as("cut at %d", cut).isEqualTo(cut - intact);
                    assertThat(recovery.keptAt()).hasBinaryContent(Arrays.copyOfRange(left, intact, cut));
                    assertThat(LogFiles.mode(recovery.keptAt())).isEqualTo("rw-------");
                    Files.delete(recovery.keptAt());
                }
                assertThat(segment).as("cut at %d", cut).hasBinaryContent(Arrays.copyOf(left, intact));
                byte[] lastLine =
                        Arrays.copyOfRange(left, lastNewline(Arrays.copyOf(left, intact - 1)) + 1, intact - 1);
                assertThat(writer.lastLine().map(StoredLine::bytes))
                        .as("cut at %d", cut)
                        .hasValue(lastLine);
                writer.append(TextLine.of("after"), Durability.WRITTEN);
            }
            assertThat(LogFiles.linesOf(segment)).as("cut at %d", cut).endsWith("after");
        }
    }

    @Test
    void shouldCutATailOfNul(@TempDir Path directory) throws Exception {
        append(directory, "one", "two");
        byte[] tail = new byte[70_000];
        Files.write(LogFiles.only(directory), tail, StandardOpenOption.APPEND);

        try (LogWriter log = new TestLog(directory).open()) {
            Recovery recovery = log.recovery().orElseThrow();
            assertThat(recovery.offset()).isEqualTo(8);
            assertThat(recovery.keptAt()).hasBinaryContent(tail);
            assertThat(log.lastLine().map(StoredLine::bytes)).hasValue("two".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(LogFiles.lines(directory)).containsExactly("one", "two");
    }

    @Test
    void shouldCutFinishedLinesWithNulInThem(@TempDir Path directory) throws Exception {
        append(directory, "one", "two");
        Files.writeString(LogFiles.only(directory), "th\0\0e\n\0\0\nfour", StandardOpenOption.APPEND);

        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.recovery().orElseThrow().keptAt()).hasContent("th\0\0e\n\0\0\nfour");
        }
        assertThat(LogFiles.lines(directory)).containsExactly("one", "two");
    }

    @Test
    void shouldKeepLinesWithNulBeforeAGoodOne(@TempDir Path directory) throws Exception {
        append(directory, "one");
        Files.writeString(LogFiles.only(directory), "t\0o\nthree\n", StandardOpenOption.APPEND);

        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.recovery()).isEmpty();
        }
        assertThat(LogFiles.lines(directory)).containsExactly("one", "t\0o", "three");
    }

    @Test
    void shouldEmptyASegmentWithoutAFinishedLine(@TempDir Path directory) throws Exception {
        append(directory);
        Files.writeString(LogFiles.only(directory), "never finished");

        try (LogWriter log = new TestLog(directory).open()) {
            Recovery recovery = log.recovery().orElseThrow();
            assertThat(recovery.offset()).isZero();
            assertThat(recovery.bytes()).isEqualTo(14);
            assertThat(recovery.keptAt()).hasContent("never finished");
            assertThat(log.lastLine()).isEmpty();
            log.append(TextLine.of("one"), Durability.WRITTEN);
        }
        assertThat(LogFiles.lines(directory)).containsExactly("one");
    }

    @Test
    void shouldTakeTheLastLineFromAnEarlierSegment(@TempDir Path directory) throws Exception {
        append(directory, "one", "two");
        SegmentName later = SegmentName.first(TestLog.START).next(TestLog.START);
        Files.writeString(directory.resolve(later.fileName()), "never finished");
        Files.writeString(directory.resolve(later.next(TestLog.START).fileName()), "");

        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.lastLine().map(StoredLine::bytes)).hasValue("two".getBytes(StandardCharsets.UTF_8));
            assertThat(log.recovery()).as("only the last segment is repaired").isEmpty();
        }
    }

    @Test
    void shouldSayThatAnEarlierSegmentEndsUnfinishedAndLeaveIt(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(1).build())) {
            for (int i = 0; i < 4; i++) {
                log.append(TextLine.of("line " + i), Durability.WRITTEN);
            }
            assertThat(log.warnings()).isEmpty();
        }
        List<String> names = LogFiles.names(directory);
        Path first = directory.resolve(names.get(0));
        Path third = directory.resolve(names.get(2));
        Files.writeString(first, "torn", StandardOpenOption.APPEND);
        Files.writeString(directory.resolve(names.get(1)), "");
        Files.write(third, new byte[100], StandardOpenOption.APPEND);
        byte[] left = Files.readAllBytes(third);

        for (int start = 0; start < 2; start++) {
            try (LogWriter log = test.open()) {
                String says =
                        ": its last line is unfinished though a later file exists; a power cut can leave that. Nothing was changed.";
                assertThat(log.warnings()).containsExactly(first.toRealPath() + says, third.toRealPath() + says);
                assertThat(log.recovery()).isEmpty();
            }
        }
        assertThat(first).hasContent("line 0\ntorn");
        assertThat(third).hasBinaryContent(left);
        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(LogFiles.texts(reader.read(10, Integer.MAX_VALUE)))
                    .containsExactly("line 0", "line 2", "line 3");
        }
    }

    @Test
    void shouldRecoverATailLongerThanAWindow(@TempDir Path directory) throws Exception {
        String longLine = "L".repeat(300_000);
        append(directory, "one", longLine);
        Files.writeString(LogFiles.only(directory), "T".repeat(200_000), StandardOpenOption.APPEND);

        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.recovery().orElseThrow().bytes()).isEqualTo(200_000);
            assertThat(log.lastLine().map(StoredLine::bytes)).hasValue(longLine.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(LogFiles.lines(directory)).containsExactly("one", longLine);
    }

    @Test
    void shouldRecoverBehindALineOfTheLargestSize(@TempDir Path directory) throws Exception {
        String largest = "L".repeat(LogWriter.MAX_LINE_BYTES - 1);
        append(directory, "one", largest);
        Files.writeString(LogFiles.only(directory), "torn", StandardOpenOption.APPEND);

        try (LogWriter log = new TestLog(directory).open();
                LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(log.recovery().orElseThrow().bytes()).isEqualTo(4);
            assertThat(reader.read(10, Integer.MAX_VALUE))
                    .extracting(line -> line.bytes().length)
                    .containsExactly(3, LogWriter.MAX_LINE_BYTES - 1);
        }
    }

    @Test
    void shouldChangeNothingInAFileThatIsNoLog(@TempDir Path directory) throws Exception {
        append(directory);
        Path segment = LogFiles.only(directory);
        byte[] noLog = new byte[3 * LogWriter.MAX_LINE_BYTES];
        Files.write(segment, noLog);

        assertThatThrownBy(() -> new TestLog(directory).open())
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(segment.getFileName().toString());

        assertThat(Files.size(segment)).isEqualTo(noLog.length);
    }

    @Test
    void shouldKeepAsideWhatWasTornAtTheSamePlaceTwice(@TempDir Path directory) throws Exception {
        append(directory, "one");
        for (String torn : List.of("first", "second", "third")) {
            Files.writeString(LogFiles.only(directory), torn, StandardOpenOption.APPEND);
            new TestLog(directory).open().close();
        }

        try (Stream<Path> kept = Files.list(directory.resolve(".affidavit").resolve("torn"))) {
            assertThat(kept.map(RecoveryTest::content).toList()).containsExactlyInAnyOrder("first", "second", "third");
        }
    }

    @Test
    void shouldNotCutBeforeTheTailIsKept(@TempDir Path directory) throws Exception {
        append(directory, "one");
        Path segment = LogFiles.only(directory);
        Files.writeString(segment, "torn", StandardOpenOption.APPEND);
        TestLog test = new TestLog(directory);
        test.disk.failNext(FaultyDisk.Operation.TRUNCATE, "Input/output error");

        assertThatThrownBy(test::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(directory.toRealPath().toString());

        assertThat(segment).hasContent("one\ntorn");
        assertThat(directory.resolve(".affidavit").resolve("torn").resolve(segment.getFileName() + ".4"))
                .hasContent("torn");
        try (LogWriter log = test.open()) {
            assertThat(log.recovery().orElseThrow().keptAt()).hasContent("torn");
            assertThat(log.unrecorded()).as("cut once").hasSize(1);
        }
    }

    @Test
    void shouldNotForgetACutWhenWhatFollowedItFailed(@TempDir Path directory) throws Exception {
        append(directory, "one");
        Path segment = LogFiles.only(directory);
        Files.writeString(segment, "torn", StandardOpenOption.APPEND);
        TestLog test = new TestLog(directory);
        test.disk.failOnly(FaultyDisk.Operation.FORCE, 2, "Input/output error");
        assertThatThrownBy(test::open).isInstanceOf(StoreException.class);
        assertThat(segment).hasContent("one\n");

        for (int start = 0; start < 2; start++) {
            try (LogWriter log = test.open()) {
                assertThat(log.recovery()).isEmpty();
                assertThat(log.unrecorded()).singleElement().satisfies(recovery -> {
                    assertThat(recovery.segment())
                            .isEqualTo(segment.getFileName().toString());
                    assertThat(recovery.offset()).isEqualTo(4);
                    assertThat(recovery.bytes()).isEqualTo(4);
                    assertThat(recovery.keptAt()).hasContent("torn");
                });
            }
        }
        try (LogWriter log = test.open()) {
            log.recorded(log.unrecorded().get(0));
            assertThat(log.unrecorded()).isEmpty();
        }
        Files.writeString(segment, "again", StandardOpenOption.APPEND);
        try (LogWriter log = test.open()) {
            assertThat(log.unrecorded()).containsExactly(log.recovery().orElseThrow());
        }
    }

    @Test
    void shouldRecordAgainWhatItCannotTellToBeRecorded(@TempDir Path directory) throws Exception {
        append(directory, "one");
        Files.writeString(LogFiles.only(directory), "torn", StandardOpenOption.APPEND);
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.recorded(log.recovery().orElseThrow());
        }
        Files.writeString(directory.resolve(".affidavit").resolve("torn-recorded"), "something else");

        try (LogWriter log = test.open()) {
            assertThat(log.unrecorded()).hasSize(1);
        }
    }

    private static void append(Path directory, String... texts) {
        try (LogWriter log = new TestLog(directory).open()) {
            for (String text : texts) {
                log.append(TextLine.of(text), Durability.WRITTEN);
            }
        }
    }

    private static int lastNewline(byte[] bytes) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
