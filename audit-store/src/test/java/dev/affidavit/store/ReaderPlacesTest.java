package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers that begin at the end of a log, or where a line ended. */
@Timeout(300)
final class ReaderPlacesTest {
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    private TestLog test() {
        return new TestLog(directory);
    }

    private LogWriter open() {
        return test().open(test().options().maxSegmentBytes(100).build());
    }

    private static void write(LogWriter log, int from, int to) {
        for (int i = from; i < to; i++) {
            log.append(TextLine.padded("line " + i, 20), Durability.WRITTEN);
        }
    }

    private static List<String> texts(LogReader reader) {
        return LogFiles.texts(reader.read(ALL, ALL));
    }

    @Test
    void shouldReadFromTheEndOn() {
        try (LogWriter log = open()) {
            write(log, 0, 13);

            try (LogReader reader = LogReader.fromEnd(directory)) {
                assertThat(reader.resumption()).isEqualTo(Resumption.EXACT);
                assertThat(texts(reader)).isEmpty();
                write(log, 13, 25);

                assertThat(texts(reader)).hasSize(12).first().asString().startsWith("line 13");
            }
        }
    }

    @Test
    void shouldReadFromTheEndOfALogThatHasNoLine() {
        try (LogWriter log = open();
                LogReader reader = LogReader.fromEnd(directory)) {
            write(log, 0, 2);

            assertThat(texts(reader)).hasSize(2);
        }
    }

    @Test
    void shouldNotTakeAnUnfinishedLineForTheEnd() throws Exception {
        try (LogWriter log = test().open()) {
            write(log, 0, 3);
        }
        String unfinished = "x".repeat(300 * 1024);
        Files.writeString(LogFiles.only(directory), unfinished, StandardOpenOption.APPEND);

        try (LogReader reader = LogReader.fromEnd(directory)) {
            assertThat(texts(reader)).isEmpty();
            Files.writeString(LogFiles.only(directory), "\n", StandardOpenOption.APPEND);

            assertThat(texts(reader)).containsExactly(unfinished);
        }
    }

    @Test
    void shouldReadFromWhereALineEnded() {
        try (LogWriter log = open();
                LogReader all = LogReader.fromOldest(directory)) {
            write(log, 0, 10);
            for (StoredLine line : all.read(ALL, ALL).subList(0, 9)) {
                try (LogReader reader = LogReader.from(directory, line.segment(), line.end())) {
                    assertThat(reader.resumption()).isEqualTo(Resumption.EXACT);
                    int number = Integer.parseInt(
                            LogFiles.texts(List.of(line)).get(0).split("[ .]+", 3)[1]);
                    assertThat(texts(reader)).hasSize(9 - number);
                }
            }
        }
    }

    @Test
    void shouldBeginASegmentAgainThatHasNoLineEndThere() throws Exception {
        try (LogWriter log = test().open()) {
            write(log, 0, 3);
        }
        String segment = LogFiles.only(directory).getFileName().toString();

        for (long offset : new long[] {1, 62, 64, 1_000_000}) {
            try (LogReader reader = LogReader.from(directory, segment, offset)) {
                assertThat(reader.resumption()).isEqualTo(Resumption.SEGMENT_CHANGED);
                assertThat(texts(reader)).hasSize(3);
            }
        }
    }

    @Test
    void shouldGoOnBehindASegmentThatIsGone() throws Exception {
        try (LogWriter log = open()) {
            write(log, 0, 15);
        }
        String second = LogFiles.names(directory).get(1);
        Files.delete(directory.resolve(second));

        try (LogReader reader = LogReader.from(directory, second, 20)) {
            assertThat(reader.resumption()).isEqualTo(Resumption.SEGMENT_GONE);
            assertThat(texts(reader)).first().asString().startsWith("line 10");
        }
    }

    @Test
    void shouldKnowItsPositionAsIfItHadReadAllBefore() {
        try (LogWriter log = open();
                LogReader all = LogReader.fromOldest(directory);
                LogReader end = LogReader.fromEnd(directory)) {
            write(log, 0, 7);
            assertThat(all.read(ALL, ALL)).hasSize(7);
            assertThat(end.read(ALL, ALL)).hasSize(7);
            assertThat(end.position()).isEqualTo(all.position());

            try (LogReader later = LogReader.fromEnd(directory)) {
                assertThat(later.position()).isEqualTo(all.position());
                write(log, 7, 8);
                assertThat(later.read(ALL, ALL)).hasSize(1);
                assertThat(all.read(ALL, ALL)).hasSize(1);
                assertThat(later.position()).isEqualTo(all.position());
            }
            try (LogReader head = LogReader.from(directory, TestLog.HEAD.segment(), 0)) {
                assertThat(head.position()).contains(TestLog.HEAD);
            }
        }
    }

    @Test
    void shouldKnowAnyPlaceOfALargeSegmentAsIfItHadReadUpToThere() {
        try (LogWriter log = test().open();
                LogReader all = LogReader.fromOldest(directory)) {
            for (int i = 0; i < 12; i++) {
                log.append(TextLine.padded("line " + i, i % 2 == 0 ? 100_000 : 20), Durability.WRITTEN);
            }
            for (int i = 1; i <= 12; i++) {
                StoredLine line = all.read(1, ALL).get(0);
                assertThat(all.position()).contains(line.place(i));

                try (LogReader behind = LogReader.from(directory, line.segment(), line.end())) {
                    assertThat(behind.position()).contains(line.place(i));
                }
            }
        }
    }

    @Test
    void shouldShowALineWithNulOnceAGoodOneFollows() throws Exception {
        try (LogWriter log = test().open()) {
            log.append(TextLine.of("one"), Durability.WRITTEN);
        }
        Path file = LogFiles.only(directory);
        Files.writeString(file, "t\0o\nthr\0e\n", StandardOpenOption.APPEND);
        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(texts(reader)).containsExactly("one");
            assertThat(texts(reader))
                    .as("a writer that opens the log cuts them off")
                    .isEmpty();

            Files.writeString(file, "four\n", StandardOpenOption.APPEND);

            assertThat(texts(reader)).containsExactly("t\0o", "thr\0e", "four");
        }
        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(texts(reader)).containsExactly("one", "t\0o", "thr\0e", "four");
        }
    }

    @Test
    void shouldRefuseAPositionThatCannotBeTold() throws Exception {
        try (LogWriter log = test().open()) {
            write(log, 0, 3);
        }
        try (LogReader reader = LogReader.fromEnd(directory)) {
            Files.writeString(LogFiles.only(directory), "short");

            assertThatThrownBy(reader::position)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("has less than");
        }
    }

    @Test
    void shouldKnowALogFromAnotherDirectory() {
        assertThat(LogReader.isLog(directory)).isFalse();
        assertThat(LogReader.isLog(directory.resolve("missing"))).isFalse();

        open().close();

        assertThat(LogReader.isLog(directory)).isTrue();
    }

    @Test
    void shouldCountTheLinesBeforeEachSegmentThatIsStillThere() throws Exception {
        try (LogWriter log =
                test().open(test().options().maxSegmentBytes(100).maxSegments(3).build())) {
            assertThat(log.linesBefore(TestLog.HEAD.segment())).isEmpty();
            write(log, 0, 18);
            log.endHousekeeping();

            assertThat(LogFiles.names(directory))
                    .extracting(segment -> log.linesBefore(segment).orElse(-1))
                    .containsExactly(5L, 10L, 15L);
            assertThat(log.linesBefore(TestLog.HEAD.segment())).isEmpty();
            assertThat(log.linesBefore("no segment")).isEmpty();
            assertThat(log.written()).isEqualTo(18);
        }
    }
}
