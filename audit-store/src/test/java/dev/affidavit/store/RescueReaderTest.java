package dev.affidavit.store;

import static dev.affidavit.store.FaultyDisk.Operation.FORCE;
import static dev.affidavit.store.FaultyDisk.Operation.FORCE_DIRECTORY;
import static dev.affidavit.store.FaultyDisk.Operation.TRUNCATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers and cursors in a log whose lines were copied because the device refused a force. */
@Timeout(300)
final class RescueReaderTest {
    private static final int LINES = 12;
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    private TestLog test;

    @BeforeEach
    void prepare() {
        test = new TestLog(directory);
    }

    /** Three lines a segment; lines 0 and 1 are forced, then the device refuses once. */
    private LogWriter writeTwelve(boolean directoryIsRefused) {
        LogWriter log = test.open(test.options().maxSegmentBytes(24).build());
        log.append(TextLine.of("line 00"), Durability.WRITTEN);
        log.append(TextLine.of("line 01"), Durability.SYNCED);
        for (int i = 2; i < LINES; i++) {
            log.append(TextLine.of("line %02d".formatted(i)), Durability.WRITTEN);
        }
        test.disk.failNext(directoryIsRefused ? FORCE_DIRECTORY : FORCE, "Input/output error");
        return log;
    }

    private static List<String> expected(int from, int to) {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add("line %02d".formatted(i));
        }
        return lines;
    }

    private static List<String> read(LogReader reader) {
        return LogFiles.texts(reader.read(ALL, ALL));
    }

    private LogReader readerBehind(int lines) {
        LogReader reader = LogReader.fromOldest(directory);
        assertThat(LogFiles.texts(reader.read(lines, ALL))).isEqualTo(expected(0, lines));
        return reader;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadEachLineOnceWhereverItWasWhenTheLinesWereCopied(boolean cut) {
        try (LogWriter log = writeTwelve(true)) {
            List<LogReader> readers = new ArrayList<>();
            for (int lines = 0; lines <= LINES; lines++) {
                readers.add(readerBehind(lines));
            }
            if (!cut) {
                test.disk.fail(TRUNCATE, "Read-only file system");
            }

            log.sync();
            log.append(TextLine.of("line 12"), Durability.SYNCED);

            Threads.await("the refusal is told", () -> !test.listener.rescued.isEmpty());
            assertThat(test.listener.rescued.get(0).cut()).isEqualTo(cut);
            for (int lines = 0; lines <= LINES; lines++) {
                try (LogReader reader = readers.get(lines)) {
                    assertThat(read(reader)).as("behind %d lines", lines).isEqualTo(expected(lines, 13));
                    reader.force();
                }
            }
            try (LogReader reader = LogReader.fromOldest(directory)) {
                assertThat(read(reader)).isEqualTo(expected(0, 13));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldResumeExactlyAtACursorFromBeforeTheCopy(boolean directoryIsRefused) {
        List<Position> positions = new ArrayList<>();
        List<StoredLine> stored;
        try (LogWriter log = writeTwelve(directoryIsRefused)) {
            for (int lines = 1; lines <= LINES; lines++) {
                try (LogReader reader = readerBehind(lines)) {
                    positions.add(reader.position().orElseThrow());
                }
            }
            try (LogReader reader = LogReader.fromOldest(directory)) {
                stored = reader.read(ALL, ALL);
            }

            log.sync();
            log.append(TextLine.of("line 12"), Durability.SYNCED);
        }

        for (int lines = 1; lines <= LINES; lines++) {
            Position position = positions.get(lines - 1);
            try (LogReader reader = LogReader.from(directory, position)) {
                assertThat(reader.resumption()).as("at %s", position).isEqualTo(Resumption.EXACT);
                Position now = reader.position().orElseThrow();
                assertThat(now.lastLine()).isEqualTo(position.lastLine());
                assertThat(read(reader)).as("at %s", position).isEqualTo(expected(lines, 13));
                try (LogReader again = LogReader.from(directory, now)) {
                    assertThat(read(again)).as("at %s", now).isEqualTo(expected(lines, 13));
                }
            }
            StoredLine line = stored.get(lines - 1);
            try (LogReader reader = LogReader.from(directory, line.segment(), line.end())) {
                assertThat(reader.resumption()).isEqualTo(Resumption.EXACT);
                assertThat(read(reader)).isEqualTo(expected(lines, 13));
            }
        }
    }

    @Test
    void shouldCountTheLinesOfTheCopyInAPosition() {
        Position behindSeven;
        try (LogWriter log = writeTwelve(true)) {
            try (LogReader reader = readerBehind(7)) {
                behindSeven = reader.position().orElseThrow();
            }
            log.sync();
        }
        try (LogReader reader = LogReader.from(directory, behindSeven)) {
            assertThat(reader.position().orElseThrow())
                    .isEqualTo(
                            new Position("security_audit_2026-11-21_10-00-00_004.log", 40, 5, behindSeven.lastLine()));
        }
    }

    @Test
    void shouldNotMissWhatWasInAHeadThatWasCopiedBehindItsSuccessor() throws Exception {
        try (LogWriter log = writeTwelve(true)) {
            log.sync();
            Files.delete(directory.resolve(TestLog.HEAD.segment()));

            try (LogReader reader = LogReader.fromOldest(directory)) {
                assertThat(read(reader)).isEqualTo(expected(2, 12));
            }
        }
    }

    @Test
    void shouldReadLinesAgainRatherThanSkipWhenTheCopyIsNotWhatItWas() throws Exception {
        Position behindSeven;
        try (LogWriter log = writeTwelve(true)) {
            try (LogReader reader = readerBehind(7)) {
                behindSeven = reader.position().orElseThrow();
            }
            log.sync();
        }
        Path copy = directory.resolve("security_audit_2026-11-21_10-00-00_004.log");
        Files.writeString(copy, Files.readString(copy).replace("line 06", "LINE 06"));

        try (LogReader reader = LogReader.from(directory, behindSeven)) {
            assertThat(reader.resumption()).isEqualTo(Resumption.SEGMENT_CHANGED);
            assertThat(read(reader)).hasSize(10).contains("line 02", "line 07", "line 11");
        }
    }

    @Test
    void shouldGoOnBehindACopyThatIsGone() throws Exception {
        try (LogWriter log = writeTwelve(false);
                LogReader ahead = readerBehind(7)) {
            Position behindSeven = ahead.position().orElseThrow();
            log.sync();
            log.append(TextLine.of("after"), Durability.SYNCED);
            Files.delete(directory.resolve("security_audit_2026-11-21_10-00-00_004.log"));

            assertThat(read(ahead))
                    .as("what it had in memory, and what follows")
                    .endsWith("after");
            try (LogReader reader = LogReader.from(directory, behindSeven)) {
                assertThat(reader.resumption()).isEqualTo(Resumption.SEGMENT_CHANGED);
                assertThat(read(reader)).containsExactly("after");
            }
        }
    }

    @Test
    void shouldReadLinesTwiceRatherThanNotWhenTheNoteIsDamaged() throws Exception {
        test.disk.fail(TRUNCATE, "Read-only file system");
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("good"), Durability.SYNCED);
            test.disk.failNext(FORCE, "Input/output error");
            log.append(TextLine.of("copied"), Durability.SYNCED);
        }
        Path note = directory.resolve(".affidavit").resolve("poisoned").resolve(TestLog.HEAD.segment());
        Files.writeString(note, "more\n", StandardOpenOption.APPEND);

        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(read(reader)).containsExactly("good", "copied", "copied");
        }
        try (LogWriter log = test.open()) {
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains(note.toRealPath() + ": its check does not match its content")
                    .contains("may be read twice");
        }
    }

    @Test
    void shouldSayWhenWhatWasOnTheDeviceIsGone() throws Exception {
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("good"), Durability.SYNCED);
            test.disk.failNext(FORCE, "Input/output error");
            log.append(TextLine.of("copied"), Durability.SYNCED);
        }
        Path poisoned = directory.resolve(TestLog.HEAD.segment());
        Files.writeString(poisoned, "");

        try (LogWriter log = test.open()) {
            assertThat(log.warnings())
                    .containsExactly(poisoned.toRealPath()
                            + ": expected 5 bytes that were on the device, found 0. Nothing was changed.");
        }
    }

    /** An interrupted thread's force fails as one that the device refuses does. */
    @Test
    void shouldBeForcedOnceTheLinesThatTheDeviceRefusedItAreCopied() throws Exception {
        try (LogWriter log = writeTwelve(true);
                LogReader reader = readerBehind(7)) {
            boolean interrupted = Threads.get(Threads.start("interrupted", () -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(reader::forceItself)
                        .isInstanceOf(NotForcedException.class)
                        .hasMessageContaining(log.directory().toString());
                return Thread.interrupted();
            }));
            assertThat(interrupted).isTrue();
            assertThatThrownBy(reader::forceItself).isInstanceOf(NotForcedException.class);

            log.sync();

            reader.forceItself();
        }
    }

    @Test
    void shouldLetTheWriterForceSoThatItHearsOfARefusal() {
        try (LogWriter log = writeTwelve(false);
                LogReader reader = readerBehind(7)) {
            reader.force();

            assertThat(log.statistics().unforced()).isZero();
            assertThat(log.statistics().rescues()).isEqualTo(1);
            assertThat(read(reader)).isEqualTo(expected(7, 12));
        }
    }

    @Test
    void shouldForceNothingIfNothingWasReadSince() {
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("line 00"), Durability.WRITTEN);
            try (LogReader reader = readerBehind(1)) {
                reader.force();
                int forces = test.disk.count(FORCE);
                log.append(TextLine.of("line 01"), Durability.WRITTEN);

                reader.force();

                assertThat(test.disk.count(FORCE)).isEqualTo(forces);
                assertThat(log.statistics().unforced()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldWaitForAHungDeviceNoLongerThanTheWriterDoes() throws Exception {
        LogOptions impatient =
                test.options().forceTimeout(Duration.ofMillis(20)).build();
        try (LogWriter log = test.open(impatient)) {
            log.append(TextLine.of("line 00"), Durability.WRITTEN);
            try (LogReader reader = readerBehind(1)) {
                test.disk.holdForces();
                assertThatThrownBy(reader::force)
                        .isInstanceOf(NotForcedException.class)
                        .hasMessageContaining("did not answer");

                test.disk.releaseForces();

                log.sync(Duration.ofMinutes(2));
                reader.force();
            }
        }
    }

    @Test
    void shouldNotBelieveItsOwnForceAfterTheWritersWasRefused() {
        LogWriter log = test.open();
        log.append(TextLine.of("line 00"), Durability.WRITTEN);
        test.disk.fail(FORCE, "Input/output error");
        assertThatThrownBy(log::sync).isInstanceOf(NotForcedException.class);
        assertThatThrownBy(log::close).isInstanceOf(StoreException.class);
        test.disk.heal();

        try (LogReader reader = readerBehind(1)) {
            assertThatThrownBy(reader::force).isInstanceOf(NotForcedException.class);
            test.open().close();
            reader.force();
        }
    }

    @Test
    void shouldKnowThatTheWriterForcedWhatItLeftWhenItClosed() {
        LogWriter log = test.open(test.options().maxSegmentBytes(8).build());
        for (String line : expected(0, 3)) {
            log.append(TextLine.of(line), Durability.WRITTEN);
        }
        try (LogReader reader = readerBehind(3)) {
            log.close();
            int forces = test.disk.count(FORCE);

            reader.force();

            assertThat(log.statistics().unforced()).isZero();
            assertThat(test.disk.count(FORCE)).isEqualTo(forces);
        }
    }

    @Test
    void shouldReadEachLineOnceInOrderWhileTheDeviceRefusesNowAndThen() throws Exception {
        int writers = 4;
        AtomicBoolean enough = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        LogOptions options = test.options()
                .maxSegmentBytes(4_000)
                .maxSegments(1_000_000)
                .forceAfterLines(5)
                .build();
        try (LogWriter log = test.open(options)) {
            List<FutureTask<List<String>>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int batch = 1 + i * 50;
                readers.add(Threads.start("reader", () -> follow(batch, done)));
            }
            Threads.run(writers + 1, thread -> {
                if (thread == writers) {
                    refuseNowAndThen(log, 5);
                    enough.set(true);
                }
                for (int i = 0; !enough.get(); i++) {
                    log.append(
                            TextLine.of("%d %d".formatted(thread, i)),
                            i % 4 == 0 ? Durability.SYNCED : Durability.WRITTEN);
                }
            });
            log.sync();
            done.set(true);

            List<String> inFiles = LogFiles.lines(directory);
            assertThat(inFiles).hasSize((int) log.written()).doesNotHaveDuplicates();
            for (FutureTask<List<String>> reader : readers) {
                assertThat(Threads.get(reader)).isEqualTo(inFiles);
            }
        }
    }

    /** Not so often that the log gives up. */
    private void refuseNowAndThen(LogWriter log, int times) {
        for (int i = 1; i <= times; i++) {
            int rescues = i;
            long next = log.statistics().forces() + 101;
            Threads.await("a hundred forces", () -> log.statistics().forces() > next);
            test.disk.failNext(i % 2 == 0 ? FORCE : FORCE_DIRECTORY, "Input/output error");
            Threads.await("what was copied is cut off", () -> test.listener.rescued.size() == rescues);
        }
    }

    private List<String> follow(int batch, AtomicBoolean done) {
        List<String> lines = new ArrayList<>();
        try (LogReader reader = LogReader.fromOldest(directory)) {
            while (true) {
                boolean last = done.get();
                List<StoredLine> read = reader.read(batch, ALL);
                lines.addAll(LogFiles.texts(read));
                reader.force();
                if (last && read.isEmpty()) {
                    return lines;
                }
            }
        }
    }
}
