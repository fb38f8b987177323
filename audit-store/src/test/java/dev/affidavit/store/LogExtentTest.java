package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogExtentTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void shouldCountTheBytesBehindAPosition() throws Exception {
        TestLog log = new TestLog(directory);
        try (LogWriter writer = log.open(log.options().maxSegmentBytes(64).build())) {
            for (int i = 0; i < 20; i++) {
                writer.append(TextLine.of("line number " + i), Durability.WRITTEN);
            }
        }
        List<String> names = LogFiles.names(directory);
        long all = 0;
        for (String name : names) {
            all += Files.size(directory.resolve(name));
        }
        LogExtent extent = LogExtent.of(directory);

        assertThat(names).hasSizeGreaterThan(3);
        assertThat(extent.begin()).contains(TestLog.HEAD);
        assertThat(extent.bytesBehind(TestLog.HEAD)).isEqualTo(all);
        try (LogReader reader = LogReader.fromOldest(directory)) {
            for (StoredLine line : reader.read(20, Integer.MAX_VALUE)) {
                all -= line.bytes().length + 1;
                assertThat(extent.bytesBehind(line.place(1))).isEqualTo(all);
            }
        }
        assertThat(all).isZero();
    }

    @Test
    void shouldCountNothingBeforeThePositionOfAPrunedSegment() throws Exception {
        new TestLog(directory).open().close();
        Position gone = new Position("security_audit_2026-01-01_00-00-00.log", 10, 1, "0".repeat(64));
        Position future = new Position("security_audit_2027-01-01_00-00-00.log", 10, 1, "0".repeat(64));

        Files.writeString(directory.resolve(TestLog.HEAD.segment()), "12345\n");

        assertThat(LogExtent.of(directory).bytesBehind(gone)).isEqualTo(6);
        assertThat(LogExtent.of(directory).bytesBehind(future)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-01T00:00:00Z, 2026-01-01_00-00-00",
        "2026-01-01T10:00:00Z, 2026-01-01_00-00-00",
        "2026-01-01T10:00:00.999999Z, 2026-01-01_00-00-00",
        "2026-01-01T10:00:01Z, 2026-01-01_10-00-00_001",
        "2026-01-01T12:00:00Z, 2026-01-01_10-00-00_001",
        "2026-01-02T00:00:01Z, 2026-01-02_00-00-00",
        "2027-01-01T00:00:00Z, 2026-01-02_00-00-00"
    })
    void shouldBeginForATimeWhereNoEarlierSegmentWasWrittenAnyMore(Instant time, String begin) throws Exception {
        new TestLog(directory).open().close();
        Files.delete(directory.resolve(TestLog.HEAD.segment()));
        assertThat(LogExtent.of(directory).beginFor(time)).isEmpty();
        for (String segment : List.of(
                "2026-01-01_00-00-00", "2026-01-01_10-00-00", "2026-01-01_10-00-00_001", "2026-01-02_00-00-00")) {
            Files.createFile(directory.resolve("security_audit_" + segment + ".log"));
        }

        assertThat(LogExtent.of(directory).beginFor(time))
                .contains(new Position("security_audit_" + begin + ".log", 0, 0, null));
    }

    @Test
    void shouldRefuseADirectoryWithoutALog() {
        assertThatThrownBy(() -> LogExtent.of(directory)).isInstanceOf(StoreException.class);
    }

    @Test
    void shouldTellSegmentsLinesAndTheNewestLineOfALogThatIsWritten() throws Exception {
        TestLog log = new TestLog(directory);
        List<Long> told = new ArrayList<>();
        try (LogWriter writer = log.open(log.options().maxSegmentBytes(24).build())) {
            assertThat(LogExtent.of(directory).newestLine()).isEmpty();
            for (int i = 0; i < 8; i++) {
                writer.append(TextLine.of("line %02d".formatted(i)), Durability.WRITTEN);
            }
            LogExtent extent = LogExtent.of(directory);
            List<String> names = LogFiles.names(directory);

            assertThat(extent.segments())
                    .hasSize(3)
                    .extracting(StoredSegment::name)
                    .isEqualTo(names);
            assertThat(extent.segments()).extracting(StoredSegment::bytes).containsExactly(24L, 24L, 16L);
            assertThat(extent.lines(told::add)).isEqualTo(8);
            assertThat(told).containsExactly(24L, 48L, 64L);
            StoredLine newest = extent.newestLine().orElseThrow();
            assertThat(newest.segment()).isEqualTo(names.get(2));
            assertThat(newest.offset()).isEqualTo(8);
            assertThat(newest.bytes()).asString().isEqualTo("line 07");
        }
    }

    @Test
    void shouldCountOnlyWhatReadersSee() throws Exception {
        new TestLog(directory).open().close();
        Path first = LogFiles.only(directory);
        Path second = directory.resolve("security_audit_2026-11-22_00-00-00.log");
        Files.writeString(first, "one\ntwo\nunfinished");
        Files.writeString(second, "three\n\0\0\nunfinished");
        LogExtent extent = LogExtent.of(directory);

        assertThat(extent.lines(bytes -> {})).isEqualTo(3);
        assertThat(extent.unfinishedBytes()).isEqualTo("\0\0\nunfinished".length());
        assertThat(extent.newestLine().orElseThrow().bytes()).asString().isEqualTo("three");
        List<String> given = new ArrayList<>();
        extent.forEachLine(line -> given.add(new String(line.bytes(), StandardCharsets.US_ASCII)));
        extent.forEachLineOf(first.getFileName().toString(), line -> given.add(line.segment() + line.offset()));
        assertThat(given).containsExactly("one", "two", "three", first.getFileName() + "0", first.getFileName() + "4");
        assertThatThrownBy(() -> extent.forEachLineOf("security_audit_2026-11-23_00-00-00.log", line -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        Files.writeString(second, "");
        assertThat(extent.newestLine().orElseThrow().bytes()).asString().isEqualTo("two");
        assertThat(extent.unfinishedBytes()).isZero();
    }

    @Test
    void shouldNameTheSegmentThatCannotBeRead() throws Exception {
        new TestLog(directory).open().close();
        Path segment = LogFiles.only(directory);
        Files.delete(segment);
        Files.createSymbolicLink(segment, directory.resolve("elsewhere"));

        assertThatThrownBy(() -> LogExtent.of(directory).lines(bytes -> {}))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(
                        segment.toRealPath(LinkOption.NOFOLLOW_LINKS).toString());
    }
}
