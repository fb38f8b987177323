package dev.affidavit.store;

import static dev.affidavit.store.FaultyDisk.Operation.CREATE;
import static dev.affidavit.store.FaultyDisk.Operation.TRUNCATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a log does as its disk fills. */
@Timeout(300)
final class FullDiskTest {
    private static final long RESERVE = 256 * 1024;

    @TempDir
    Path directory;

    private TestLog test;
    private Path reserve;

    @BeforeEach
    void prepare() {
        test = new TestLog(directory);
        reserve = directory.resolve(".affidavit").resolve("reserve");
    }

    private LogOptions.Builder options() {
        return test.options().diskReserveBytes(RESERVE);
    }

    private static void append(LogWriter log, String text) {
        log.append(TextLine.of(text), Durability.WRITTEN);
    }

    private static void awaitReserve(LogWriter log, long bytes) {
        Threads.await("the reserve is %d bytes".formatted(bytes), () -> reserveOf(log) == bytes);
    }

    private static long reserveOf(LogWriter log) {
        return log.statistics().disk().reserveBytes();
    }

    /** Has the log looked after, as it is by the clock. */
    private static void look(LogWriter log) {
        log.reconfigure(log.options());
    }

    private void seeFree(LogWriter log, long bytes) {
        test.disk.leaveFree(bytes);
        look(log);
        Threads.await("it is seen", () -> log.statistics().disk().usableBytes() == bytes);
    }

    private static long allocated(Path file) throws IOException {
        try (var out = new ProcessBuilder("stat", "--format=%b %B", file.toString())
                .start()
                .inputReader()) {
            String[] blocks = Objects.requireNonNull(out.readLine()).split(" ", -1);
            return Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]);
        }
    }

    @Test
    void shouldHoldAReserveThatIsReallyAllocated() throws Exception {
        try (LogWriter log = test.open(options().build())) {
            append(log, "one");
            awaitReserve(log, RESERVE);

            assertThat(allocated(reserve)).isGreaterThanOrEqualTo(RESERVE);
            assertThat(LogFiles.mode(reserve)).isEqualTo("rw-------");
            assertThat(log.statistics().disk().usableBytes()).isPositive();
        }
        assertThat(reserve).hasSize(RESERVE);
        assertThat(test.disk.journal()).contains("FORCE reserve");
    }

    @Test
    void shouldMakeTheReserveAsLargeAsItIsToBe() throws Exception {
        try (LogWriter log = test.open(options().build())) {
            append(log, "one");
            awaitReserve(log, RESERVE);
            log.reconfigure(options().diskReserveBytes(1000).build());
            awaitReserve(log, 1000);
            assertThat(reserve).hasSize(1000);
            log.reconfigure(options().diskReserveBytes(100_000).build());
            awaitReserve(log, 100_000);
            assertThat(reserve).hasSize(100_000);
            log.reconfigure(options().diskReserveBytes(0).build());
            awaitReserve(log, 0);
        }
        assertThat(reserve).doesNotExist();
    }

    @Test
    void shouldTakeOverTheReserveOfAnEarlierWriter() {
        try (LogWriter log = test.open(options().build())) {
            append(log, "one");
            awaitReserve(log, RESERVE);
        }
        test = new TestLog(directory);
        test.disk.leaveFree(0);

        try (LogWriter log = test.open(options().build())) {
            assertThat(reserveOf(log)).isEqualTo(RESERVE);
            log.appendReport(TextLine.of("started"), Durability.SYNCED);
            assertThatThrownBy(() -> append(log, "x".repeat(5_000))).hasMessageContaining("No space left on device");
            assertThat(reserveOf(log)).isEqualTo(RESERVE - DiskReserve.PORTION_BYTES);
        }
    }

    @Test
    void shouldReportOnAFullDiskWhatNoCallerCanWrite() throws Exception {
        AtomicReference<LogWriter> writer = new AtomicReference<>();
        LogListener reporting = new LogListener() {
            @Override
            public void diskFull(DiskTrouble trouble) {
                Objects.requireNonNull(writer.get()).appendReport(TextLine.of("disk full"), Durability.SYNCED);
            }
        };
        try (LogWriter log = LogWriter.open(options().build(), reporting, test.environment())) {
            writer.set(log);
            append(log, "before");
            awaitReserve(log, RESERVE);
            test.disk.leaveFree(5);

            assertThatThrownBy(() -> append(log, "refused")).hasMessageContaining("No space left on device");
            Threads.await("it is reported", () -> log.statistics().written() == 2);

            append(log, "what the report left");
            assertThat(reserveOf(log)).isEqualTo(RESERVE - DiskReserve.PORTION_BYTES);
            log.endHousekeeping();
            test.disk.heal();
            append(log, "after");
        }
        assertThat(LogFiles.lines(directory)).containsExactly("before", "disk full", "what the report left", "after");
    }

    @Test
    void shouldTellOnceUntilThereIsRoomAgain() {
        try (LogWriter log = test.open(options().build())) {
            append(log, "one");
            awaitReserve(log, RESERVE);
            for (int time = 1; time <= 2; time++) {
                int told = time;
                test.disk.leaveFree(0);
                for (int i = 0; i < 5; i++) {
                    assertThatThrownBy(() -> append(log, "refused")).isInstanceOf(StoreException.class);
                    look(log);
                }
                Threads.await("it is told", () -> test.listener.disk.size() == told);
                test.disk.heal();
                append(log, "again");
                // The first look that sees it may have begun before the line was written; the second one has not.
                seeFree(log, 2 * RESERVE);
                seeFree(log, 3 * RESERVE);
            }
        }
        assertThat(test.listener.disk)
                .hasSize(2)
                .allMatch(told -> told.equals("full: a line could not be written: No space left on device"));
    }

    @Test
    void shouldNotMakeTheReserveOutOfTheLastBytes() {
        try (LogWriter log = test.open(options().build())) {
            test.disk.leaveFree(2 * RESERVE - 1);
            append(log, "one");
            log.endHousekeeping();

            assertThat(reserveOf(log)).isZero();
        }
    }

    @Test
    void shouldUseUpTheReserveAndSayThatNothingIsLeft() {
        try (LogWriter log = test.open(options().build())) {
            append(log, "one");
            awaitReserve(log, RESERVE);
            log.endHousekeeping();
            test.disk.leaveFree(0);
            byte[] report = ("r".repeat(40_000) + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);

            int reports = 0;
            try {
                while (reports < 100) {
                    log.appendReport(new TextLine(report, report.length), Durability.WRITTEN);
                    reports++;
                }
            } catch (StoreException full) {
                assertThat(full).hasMessageContaining("No space left on device");
            }

            assertThat(reports).isEqualTo((int) (RESERVE / report.length));
            assertThat(reserveOf(log)).isZero();
        }
    }

    @Test
    void shouldReportNothingBehindALineThatCannotBeCutOff() {
        LogWriter log = test.open(options().build());
        append(log, "one");
        awaitReserve(log, RESERVE);
        log.endHousekeeping();
        test.disk.leaveFree(3);
        test.disk.fail(TRUNCATE, "Input/output error");

        assertThatThrownBy(() -> log.appendReport(TextLine.of("a report"), Durability.WRITTEN))
                .isInstanceOf(StoreException.class);

        assertThat(reserveOf(log)).isEqualTo(RESERVE);
        test.disk.heal();
        log.close();
    }

    @Test
    void shouldTellOnceThatLittleIsFree() {
        try (LogWriter log = test.open(test.options().diskWarningBytes(1000).build())) {
            test.disk.leaveFree(2000);
            append(log, "one");
            for (int time = 1; time <= 2; time++) {
                int told = time;
                test.disk.leaveFree(999);
                look(log);
                Threads.await("it is told", () -> test.listener.disk.size() == told);
                look(log);
                seeFree(log, 2000);
            }
        }
        assertThat(test.listener.disk)
                .containsExactly("low: less than 1000 bytes are free", "low: less than 1000 bytes are free");
    }

    @Test
    void shouldGoOnInAFullFileWhereNoFileCanBeMade() throws Exception {
        try (LogWriter log = test.open(test.options()
                .maxSegmentBytes(10)
                .rotationInterval(Duration.ofDays(1))
                .build())) {
            append(log, "line 0");
            test.disk.fail(CREATE, "No space left on device");
            for (int i = 1; i < 5; i++) {
                append(log, "line " + i);
                test.clock.set(TestLog.START.plus(Duration.ofDays(i)));
            }
            Threads.await("it is told", () -> !test.listener.disk.isEmpty());
            assertThat(LogFiles.names(directory)).hasSize(1);
            int tries = test.disk.count(CREATE);
            append(log, "line 5");
            append(log, "line 6");
            assertThat(test.disk.count(CREATE)).isEqualTo(tries + 1);
            test.disk.heal();
            append(log, "line 7");
            assertThat(LogFiles.names(directory)).hasSize(1);

            test.clock.set(TestLog.START.plus(Duration.ofDays(4)).plusSeconds(1));
            append(log, "line 8");
        }
        assertThat(LogFiles.names(directory)).hasSize(2);
        assertThat(LogFiles.linesOf(LogFiles.last(directory))).containsExactly("line 8");
        assertThat(LogFiles.lines(directory)).hasSize(9);
        assertThat(test.listener.disk)
                .containsExactly("low: no new file can be made, lines go on in the last one whatever its size:"
                        + " java.io.IOException: No space left on device");
    }

    @Test
    void shouldRefuseTheLineIfTheFileBeingWrittenIsGoneToo() throws Exception {
        Path log = directory.resolve("log");
        test = new TestLog(log);
        try (LogWriter writer = test.open(test.options().maxSegmentBytes(10).build())) {
            append(writer, "line 0");
            Files.move(log, directory.resolve("away"));
            assertThatThrownBy(() -> append(writer, "line 1")).isInstanceOf(StoreException.class);
            Files.move(directory.resolve("away"), log);
            append(writer, "line 2");
        }
        assertThat(LogFiles.lines(log)).containsExactly("line 0", "line 2");
        assertThat(LogFiles.names(log)).hasSize(2);
    }

    @Test
    void shouldRemoveOnAFullDiskWhatMayGo() throws Exception {
        AtomicReference<LogWriter> writer = new AtomicReference<>();
        LogListener reporting = new LogListener() {
            @Override
            public void removing(List<Removal> removals) {
                Objects.requireNonNull(writer.get())
                        .appendReport(TextLine.of("removing " + removals.size()), Durability.WRITTEN);
            }
        };
        LogOptions.Builder options = options().maxSegmentBytes(10).maxAge(Duration.ofDays(1));
        try (LogWriter log = LogWriter.open(options.build(), reporting, test.environment())) {
            writer.set(log);
            append(log, "line 0");
            append(log, "line 1");
            awaitReserve(log, RESERVE);
            test.disk.leaveFree(0);
            assertThatThrownBy(() -> append(log, "refused")).isInstanceOf(StoreException.class);
            test.clock.pass(Duration.ofDays(2));
            look(log);

            Threads.await(
                    "the oldest is gone", () -> log.statistics().retention().removed() > 0);
        }
        assertThat(LogFiles.lines(directory)).contains("removing 2").doesNotContain("line 0", "refused");
    }

    @Test
    void shouldMakeAReserveAnewThatSomebodyRemoved() throws Exception {
        try (LogWriter log = test.open(options().build())) {
            append(log, "one");
            awaitReserve(log, RESERVE);
            Files.delete(reserve);
            test.disk.leaveFree(0);
            assertThatThrownBy(() -> log.appendReport(TextLine.of("report"), Durability.WRITTEN))
                    .isInstanceOf(StoreException.class);
            assertThat(reserveOf(log)).isZero();
            test.disk.heal();
            look(log);

            awaitReserve(log, RESERVE);
            assertThat(reserve).hasSize(RESERVE);
        }
    }

    @Test
    void shouldNotTakeEveryFailureForAFullDisk() {
        assertThat(FullDisk.causes(new IOException("No space left on device"), 1L << 40))
                .isTrue();
        assertThat(FullDisk.causes(new IOException("Disk quota exceeded"), 1L << 40))
                .isTrue();
        assertThat(FullDisk.causes(new IOException("Auf dem Ger\u00e4t ist kein Speicherplatz mehr verf\u00fcgbar"), 0))
                .isTrue();
        assertThat(FullDisk.causes(new IOException("Input/output error"), 1L << 40))
                .isFalse();
        assertThat(FullDisk.causes(new IOException(), 1L << 40)).isFalse();
    }
}
