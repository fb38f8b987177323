package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogWriterTest {

    @Test
    void shouldStoreLinesInOrder(@TempDir Path directory) throws Exception {
        List<String> texts =
                IntStream.range(0, 1_000).mapToObj(i -> "line " + i).toList();

        try (LogWriter log = new TestLog(directory).open()) {
            texts.forEach(text -> log.append(TextLine.of(text), Durability.WRITTEN));

            assertThat(LogFiles.lines(directory)).isEqualTo(texts);
        }

        assertThat(LogFiles.names(directory)).containsExactly("security_audit_2026-11-21_10-00-00.log");
        assertThat(LogFiles.lines(directory)).isEqualTo(texts);
    }

    @Test
    void shouldStoreOnlyTheBytesThatBelongToTheLine(@TempDir Path directory) throws Exception {
        byte[] buffer = "one\nleft over from before".getBytes(StandardCharsets.UTF_8);

        try (LogWriter log = new TestLog(directory).open()) {
            log.append(new TextLine(buffer, 4), Durability.WRITTEN);
        }

        assertThat(LogFiles.lines(directory)).containsExactly("one");
    }

    @Test
    void shouldSettleEachLineInTheOrderOfTheFile(@TempDir Path directory) throws Exception {
        List<String> settled = new ArrayList<>();

        try (LogWriter log = new TestLog(directory).open()) {
            Threads.run(4, thread -> {
                for (int i = 0; i < 250; i++) {
                    log.append(new SettlingLine(settled, thread + " " + i), Durability.WRITTEN);
                }
            });
        }

        assertThat(LogFiles.lines(directory)).hasSize(1_000).isEqualTo(settled);
    }

    @Test
    void shouldStoreAnEmptyLine(@TempDir Path directory) throws Exception {
        try (LogWriter log = new TestLog(directory).open()) {
            log.append(TextLine.of(""), Durability.WRITTEN);
            log.append(TextLine.of("behind it"), Durability.WRITTEN);
        }

        assertThat(LogFiles.lines(directory)).containsExactly("", "behind it");
        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(LogFiles.texts(reader.read(2, 100))).containsExactly("", "behind it");
        }
    }

    @Test
    void shouldRefuseWhatIsNotALine(@TempDir Path directory) throws Exception {
        try (LogWriter log = new TestLog(directory).open()) {
            for (Line bad : List.of(
                    new TextLine(new byte[0], 0),
                    new TextLine("no end".getBytes(StandardCharsets.UTF_8), 6),
                    new TextLine(new byte[0], LogWriter.MAX_LINE_BYTES + 1))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> log.append(bad, Durability.WRITTEN))
                        .withMessageContaining("ends with \\n");
            }
            log.append(TextLine.of("good"), Durability.WRITTEN);
        }

        assertThat(LogFiles.lines(directory)).containsExactly("good");
    }

    @Test
    void shouldGoOnAfterALineThatFailsToSettle(@TempDir Path directory) throws Exception {
        try (LogWriter log = new TestLog(directory).open()) {
            Line failing = new Line() {
                @Override
                public byte[] bytes() {
                    throw new AssertionError("not to be asked for");
                }

                @Override
                public int length() {
                    throw new AssertionError("not to be asked for");
                }

                @Override
                public void settle() {
                    throw new IllegalStateException("no stamp");
                }
            };
            assertThatThrownBy(() -> log.append(failing, Durability.WRITTEN)).hasMessage("no stamp");
            log.append(TextLine.of("good"), Durability.WRITTEN);
        }

        assertThat(LogFiles.lines(directory)).containsExactly("good");
    }

    @Test
    void shouldPutALineLargerThanASegmentInOneOfItsOwn(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        String large = "L".repeat(5_000);

        try (LogWriter log = test.open(test.options().maxSegmentBytes(100).build())) {
            for (String text : List.of("before", large, "after", "beside it")) {
                log.append(TextLine.of(text), Durability.WRITTEN);
            }
        }

        assertThat(LogFiles.names(directory))
                .containsExactly(
                        "security_audit_2026-11-21_10-00-00.log",
                        "security_audit_2026-11-21_10-00-00_001.log",
                        "security_audit_2026-11-21_10-00-00_002.log");
        assertThat(LogFiles.lines(directory)).containsExactly("before", large, "after", "beside it");
        assertThat(LogFiles.linesOf(LogFiles.last(directory))).containsExactly("after", "beside it");
    }

    @Test
    void shouldFillASegmentToItsLimitAndNotBeyond(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);

        try (LogWriter log = test.open(test.options().maxSegmentBytes(30).build())) {
            for (int i = 0; i < 7; i++) {
                log.append(TextLine.padded("line", 10), Durability.WRITTEN);
            }
        }

        assertThat(LogFiles.names(directory)).hasSize(3);
        for (String name : LogFiles.names(directory)) {
            assertThat(Files.size(directory.resolve(name))).isLessThanOrEqualTo(30);
        }
        assertThat(Files.size(LogFiles.last(directory))).isEqualTo(10);
    }

    @Test
    void shouldNameANewSegmentAfterTheLastOneWhenTheClockStepsBack(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);

        try (LogWriter log = test.open(test.options().maxSegmentBytes(1).build())) {
            log.append(TextLine.of("one"), Durability.WRITTEN);
            test.clock.set(TestLog.START.minusSeconds(86_400));
            log.append(TextLine.of("two"), Durability.WRITTEN);
        }
        try (LogWriter log = test.open(test.options().maxSegmentBytes(1).build())) {
            log.append(TextLine.of("three"), Durability.WRITTEN);
        }

        assertThat(LogFiles.lines(directory)).containsExactly("one", "two", "three");
        assertThat(LogFiles.last(directory).toString()).endsWith("security_audit_2026-11-21_10-00-00_002.log");
    }

    @Test
    void shouldKeepTheInterruptFlagOfACallerAndTheFileOpen(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        boolean[] kept = new boolean[4];

        Threads.run(1, thread -> {
            Thread.currentThread().interrupt();
            try (LogWriter log = test.open(test.options()
                    .maxSegmentBytes(10)
                    .pinnedBy(Set.of("reader"))
                    .build())) {
                kept[0] = Thread.currentThread().isInterrupted();
                log.append(TextLine.of("written"), Durability.WRITTEN);
                kept[1] = Thread.currentThread().isInterrupted();
                log.append(TextLine.of("synced"), Durability.SYNCED);
                kept[2] = Thread.currentThread().isInterrupted();
                log.append(TextLine.of("rotated"), Durability.SYNCED);
                log.sync();
            }
            kept[3] = Thread.interrupted();
        });

        assertThat(kept).containsOnly(true);
        assertThat(LogFiles.lines(directory)).containsExactly("written", "synced", "rotated");
    }

    @Test
    void shouldOpenAnExistingLogInAnInterruptedThread(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(1).build())) {
            log.append(TextLine.of("one"), Durability.WRITTEN);
            log.append(TextLine.of("two"), Durability.WRITTEN);
        }
        Files.writeString(LogFiles.last(directory), "torn", StandardOpenOption.APPEND);

        boolean kept = Threads.get(Threads.start("interrupted", () -> {
            Thread.currentThread().interrupt();
            try (LogWriter log = test.open()) {
                log.append(TextLine.of("three"), Durability.SYNCED);
            }
            return Thread.interrupted();
        }));

        assertThat(kept).isTrue();
        assertThat(LogFiles.lines(directory)).containsExactly("one", "two", "three");
    }

    @Test
    void shouldKeepAnInterruptThatArrivesWhileTheDeviceIsWaitedFor(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            test.disk.holdForces();
            Thread[] caller = new Thread[1];
            FutureTask<Boolean> appended = Threads.start("caller", () -> {
                caller[0] = Thread.currentThread();
                log.append(TextLine.of("one"), Durability.SYNCED);
                return Thread.interrupted();
            });
            test.disk.awaitHeldForce();
            caller[0].interrupt();
            Threads.await("the interrupt was seen", () -> !caller[0].isInterrupted());
            assertThat(appended.isDone()).isFalse();

            test.disk.releaseForces();

            assertThat(Threads.get(appended)).isTrue();
        }
    }

    @Test
    void shouldRefuseLinesOnceClosed(@TempDir Path directory) throws Exception {
        LogWriter log = new TestLog(directory).open();
        log.append(TextLine.of("one"), Durability.WRITTEN);

        log.close();

        assertThatThrownBy(() -> log.append(TextLine.of("two"), Durability.WRITTEN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(log.directory().toString())
                .hasMessageContaining("closed");
        assertThat(LogFiles.lines(directory)).containsExactly("one");
    }

    @Test
    void shouldTakeNoLineBehindTheLastOne(@TempDir Path directory) throws Exception {
        try (LogWriter log = new TestLog(directory).open()) {
            log.append(TextLine.of("one"), Durability.WRITTEN);

            log.appendLast(TextLine.of("last"));

            assertThatThrownBy(() -> log.append(TextLine.of("late"), Durability.WRITTEN))
                    .isInstanceOf(LogClosedException.class);
            assertThatThrownBy(() -> log.appendLast(TextLine.of("late"))).isInstanceOf(LogClosedException.class);
            assertThat(log.written()).isEqualTo(2);
            log.sync();
        }
        assertThat(LogFiles.lines(directory)).containsExactly("one", "last");
    }

    @Test
    void shouldTakeNoLineBehindALastOneThatCouldNotBeWritten(@TempDir Path directory) {
        try (LogWriter log = new TestLog(directory).open()) {
            assertThatThrownBy(() -> log.appendLast(new TextLine(new byte[] {'x'}, 1)))
                    .isInstanceOf(IllegalArgumentException.class);

            assertThatThrownBy(() -> log.append(TextLine.of("late"), Durability.WRITTEN))
                    .isInstanceOf(LogClosedException.class);
        }
    }

    @Test
    void shouldCloseOnceAndForceWhatWasWritten(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open();
        log.append(TextLine.of("one"), Durability.WRITTEN);
        assertThat(test.disk.count(FaultyDisk.Operation.FORCE)).isZero();

        log.close();
        log.close();

        assertThat(test.disk.count(FaultyDisk.Operation.FORCE)).isEqualTo(1);
        assertThat(log.statistics().unforced()).isZero();
    }

    @Test
    void shouldKeepItsIdOverRestarts(@TempDir Path directory) {
        String id;
        try (LogWriter log = new TestLog(directory).open()) {
            id = log.id();
        }

        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.id()).isEqualTo(id).matches("[0-9a-f]{32}");
        }
        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(reader.logId()).isEqualTo(id);
        }
    }

    @Test
    void shouldRefuseADamagedIdAndLetTheDirectoryGo(@TempDir Path directory) throws Exception {
        new TestLog(directory).open().close();
        Path id = directory.resolve(".affidavit").resolve("log-id");
        Files.writeString(id, "not an id\n");

        assertThatThrownBy(() -> new TestLog(directory).open())
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(id.toRealPath().toString());

        Files.writeString(id, "0123456789abcdef0123456789abcdef\n");
        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.id()).isEqualTo("0123456789abcdef0123456789abcdef");
        }
    }

    @Test
    void shouldSayWhatItDid(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        try (LogWriter log =
                test.open(test.options().maxSegmentBytes(20).maxSegments(2).build())) {
            for (int i = 0; i < 2; i++) {
                log.append(TextLine.padded("line " + i, 20), Durability.WRITTEN);
            }
            assertThat(log.statistics().unforced()).isEqualTo(2);
            for (int i = 2; i < 5; i++) { // from here on housekeeping removes files, and forces before it does
                log.append(TextLine.padded("line " + i, 20), Durability.WRITTEN);
            }
            log.endHousekeeping();
            log.sync();

            LogStatistics statistics = log.statistics();

            assertThat(statistics.written()).isEqualTo(5);
            assertThat(statistics.forced()).isEqualTo(5);
            assertThat(statistics.forces()).isPositive();
            assertThat(statistics.lastForce()).isEqualTo(TestLog.START);
            assertThat(statistics.lastForceTook()).isBetween(Duration.ofNanos(1), Duration.ofMinutes(1));
            assertThat(statistics.forcesTook()).isGreaterThanOrEqualTo(statistics.lastForceTook());
            assertThat(statistics.rotations()).isEqualTo(4);
            assertThat(statistics.segment()).isEqualTo("security_audit_2026-11-21_10-00-00_004.log");
            assertThat(statistics.segmentBytes()).isEqualTo(20);
            assertThat(statistics.segments()).isEqualTo(2);
            assertThat(statistics.retention().removed()).isEqualTo(3);
            assertThat(statistics.failed()).isNull();
        }
        assertThat(test.listener.removed())
                .containsExactly(
                        "security_audit_2026-11-21_10-00-00.log",
                        "security_audit_2026-11-21_10-00-00_001.log",
                        "security_audit_2026-11-21_10-00-00_002.log");
    }

    @Test
    void shouldApplyNewLimitsFromTheNextLineOn(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);

        try (LogWriter log = test.open()) {
            log.append(TextLine.of("one"), Durability.WRITTEN);
            log.reconfigure(test.options().maxSegmentBytes(1).build());
            log.append(TextLine.of("two"), Durability.WRITTEN);
        }

        assertThat(LogFiles.names(directory)).hasSize(2);
    }

    @Test
    void shouldRefuseADirectoryThatIsAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> new TestLog(file).open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shouldFollowNoLinkInPlaceOfASegment(@TempDir Path directory) throws Exception {
        Path target = Files.writeString(directory.resolve("target"), "of somebody else\n");
        Path log = directory.resolve("log");
        new TestLog(log).open().close();
        Path segment = LogFiles.only(log);
        Files.delete(segment);
        Files.createSymbolicLink(segment, target);

        assertThatThrownBy(() -> new TestLog(log).open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not a regular file");
        assertThat(target).hasContent("of somebody else\n");
    }

    @Test
    void shouldWarnOfADirectoryThatOthersMayWrite(@TempDir Path directory) throws Exception {
        try (LogWriter log = new TestLog(directory.resolve("safe")).open()) {
            assertThat(log.warnings()).isEmpty();
        }
        Path unsafe = Files.createDirectory(directory.resolve("unsafe"));
        Files.setPosixFilePermissions(unsafe, PosixFilePermissions.fromString("rwxrwxrwx"));

        try (LogWriter log = new TestLog(unsafe).open()) {
            assertThat(log.warnings()).singleElement().asString().contains("chmod go-w " + unsafe.toRealPath());
        }

        assertThat(LogFiles.mode(unsafe)).isEqualTo("rwxrwxrwx");
    }

    @Test
    void shouldRefuseOptionsOutOfRange(@TempDir Path directory) {
        LogOptions.Builder options = LogOptions.in(directory);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.maxSegments(1).build())
                .withMessageContaining("maxSegments: expected at least 2");
        options.maxSegments(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.maxSegmentBytes(0).build())
                .withMessageContaining("maxSegmentBytes");
        options.maxSegmentBytes(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.forceAfterLines(0).build())
                .withMessageContaining("forceAfterLines");
        options.forceAfterLines(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.forceInterval(Duration.ZERO).build())
                .withMessageContaining("forceInterval");
        options.forceInterval(Duration.ofMillis(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.lockTimeout(Duration.ofMillis(-1)).build())
                .withMessageContaining("lockTimeout");
    }

    @Test
    void shouldTellALineWhichSegmentItGoesTo(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(100).build())) {
            for (int i = 0; i < 4; i++) {
                log.append(new PlacedLine(), Durability.WRITTEN);
            }
            log.appendReport(new PlacedLine(), Durability.WRITTEN);
        }

        List<String> segments = LogFiles.names(directory);
        assertThat(segments).as("two lines of 50 bytes at most fit into one").hasSize(2);
        for (String segment : segments) {
            assertThat(LogFiles.linesOf(directory.resolve(segment)))
                    .isNotEmpty()
                    .containsOnly("in " + segment);
        }
    }

    /** Is longer once it knows its place. */
    private static final class PlacedLine implements Line {
        private String text = "nowhere";

        @Override
        public int maxLength() {
            return 50;
        }

        @Override
        public void enter(String segment) {
            text = "in " + segment;
        }

        @Override
        public byte[] bytes() {
            return TextLine.of(text).bytes();
        }

        @Override
        public int length() {
            return TextLine.of(text).length();
        }
    }

    /** Writes down that it was settled. The list needs no lock: the writer's own is held. */
    private record SettlingLine(List<String> settled, String text) implements Line {
        @Override
        public void settle() {
            settled.add(text);
        }

        @Override
        public byte[] bytes() {
            return TextLine.of(text).bytes();
        }

        @Override
        public int length() {
            return TextLine.of(text).length();
        }
    }
}
