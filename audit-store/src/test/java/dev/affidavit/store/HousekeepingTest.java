package dev.affidavit.store;

import static dev.affidavit.store.FaultyDisk.Operation.DELETE;
import static dev.affidavit.store.FaultyDisk.Operation.FORCE;
import static dev.affidavit.store.FaultyDisk.Operation.FORCE_DIRECTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.store.Removal.Limit;
import dev.affidavit.verify.LogVerifier;
import dev.affidavit.verify.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class HousekeepingTest {
    private static final String FIRST = "security_audit_2026-11-21_10-00-00.log";
    private static final String SECOND = "security_audit_2026-11-21_10-00-00_001.log";
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path directory;

    private TestLog test;

    @BeforeEach
    void prepare() {
        test = new TestLog(directory);
    }

    /** A line to a segment. */
    private LogOptions.Builder options() {
        return test.options().maxSegmentBytes(1).maxSegments(2);
    }

    private static void append(LogWriter log, int from, int to) {
        for (int i = from; i < to; i++) {
            log.append(TextLine.of("line " + i), Durability.WRITTEN);
        }
    }

    /** Has the log looked after, as it is by the clock. */
    private static void look(LogWriter log) {
        log.reconfigure(log.options());
    }

    private List<String> names() throws IOException {
        return LogFiles.names(directory);
    }

    private boolean isGone(String segment) {
        return !Files.exists(directory.resolve(segment));
    }

    @Test
    void shouldGoOnAfterAnErrorOfWhichThereIsNoMemoryToTell() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        LongSupplier nanos = () -> {
            if (looks.incrementAndGet() == 1) {
                throw new UntellableError();
            }
            return 0;
        };
        Environment environment = new Environment(
                test.disk,
                test.clock,
                nanos,
                new SecureRandom(),
                new LineTree(),
                Duration.ofHours(1),
                Environment.READ_AT_OPENING);
        try (LogWriter log = LogWriter.open(options().build(), test.listener, environment)) {
            append(log, 0, 4);
            Threads.await("it looked again", () -> looks.get() > 1);
            log.endHousekeeping();

            assertThat(names()).hasSize(2);
        }
    }

    private static final class UntellableError extends Error {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new OutOfMemoryError("on purpose");
        }
    }

    @Test
    void shouldRecordARemovalOnTheDeviceBeforeItHappens() throws Exception {
        AtomicReference<LogWriter> writer = new AtomicReference<>();
        LogListener recording = new LogListener() {
            @Override
            public void removing(List<Removal> removals) {
                removals.forEach(removal -> Objects.requireNonNull(writer.get())
                        .appendReport(TextLine.of("removing " + removal.segment()), Durability.WRITTEN));
            }
        };
        try (LogWriter log = LogWriter.open(options().build(), recording, test.environment())) {
            writer.set(log);
            append(log, 0, 3);
            log.endHousekeeping();

            assertThat(LogFiles.lines(directory)).containsExactly("line 1", "line 2", "removing " + FIRST);
        }
        assertThat(test.disk.journal())
                .containsSubsequence(
                        "WRITE security_audit_2026-11-21_10-00-00_002.log", // line 2
                        "WRITE security_audit_2026-11-21_10-00-00_002.log", // the record
                        "FORCE security_audit_2026-11-21_10-00-00_002.log",
                        "DELETE " + FIRST,
                        "FORCE_DIRECTORY " + directory.getFileName());
        assertThat(test.disk.journal())
                .filteredOn(done -> done.startsWith("DELETE"))
                .hasSize(1);
    }

    @Test
    void shouldRemoveNothingThatIsNotRecorded() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        LogListener refusing = new LogListener() {
            @Override
            public void removing(List<Removal> removals) {
                asked.incrementAndGet();
                throw new StoreException("cannot be recorded");
            }
        };
        try (LogWriter log = LogWriter.open(options().build(), refusing, test.environment())) {
            append(log, 0, 5);
        }

        assertThat(asked.get()).isPositive();
        assertThat(names()).hasSize(5);
    }

    @Test
    void shouldRemoveNothingWhoseRecordIsNotOnTheDevice() throws Exception {
        LogWriter log = test.open(options().build());
        test.disk.fail(FORCE, "Input/output error");
        append(log, 0, 3);

        assertThatThrownBy(log::close).isInstanceOf(StoreException.class);

        assertThat(names()).as("and the one begun since the device refused").hasSize(4);
        assertThat(test.listener.warnings).isEmpty();
    }

    @Test
    void shouldRecordAgainWhatACrashLeftBetweenRecordAndRemoval() throws Exception {
        try (LogWriter log = test.open(options().build())) {
            test.disk.fail(DELETE, "the process is gone");
            append(log, 0, 3);
        }
        assertThat(test.listener.removed()).containsExactly(FIRST);
        assertThat(names()).hasSize(3);

        test = new TestLog(directory);
        try (LogWriter log = test.open(options().maxSegmentBytes(1_000).build())) {
            append(log, 3, 4);
        }

        assertThat(test.listener.removed()).containsExactly(FIRST);
        assertThat(LogFiles.lines(directory)).containsExactly("line 1", "line 2", "line 3");
    }

    @Test
    void shouldTryAgainWhatCannotBeRemovedAndSayItOnce() throws Exception {
        try (LogWriter log = test.open(options().build())) {
            test.disk.fail(DELETE, "Operation not permitted");
            append(log, 0, 4);
            for (int i = 4; i < 8; i++) {
                int tries = test.disk.count(DELETE);
                append(log, i, i + 1);
                Threads.await("it is tried again", () -> test.disk.count(DELETE) > tries);
            }
            assertThat(names()).hasSize(8);
            assertThat(log.statistics().retention().removed()).isZero();
            assertThat(test.listener.removalFailed).containsExactly(FIRST);
            test.disk.heal();

            append(log, 8, 9);
            log.endHousekeeping();

            assertThat(LogFiles.lines(directory)).containsExactly("line 7", "line 8");
            assertThat(log.statistics().retention().removed()).isEqualTo(7);
        }
        assertThat(test.listener.removalFailed).containsExactly(FIRST);
        assertThat(test.listener.removed()).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotStopAtASegmentThatSomebodyElseRemoved() throws Exception {
        try (LogWriter log = test.open(options().maxSegments(3).build())) {
            append(log, 0, 3);
            Files.delete(directory.resolve(FIRST));
            append(log, 3, 6);
        }

        assertThat(LogFiles.lines(directory)).containsExactly("line 3", "line 4", "line 5");
        assertThat(test.listener.removalFailed).containsExactly(FIRST);
        assertThat(test.listener.removed()).containsExactly(SECOND, "security_audit_2026-11-21_10-00-00_002.log");
    }

    /** Nothing must sign that it was let go. */
    @Test
    void shouldKeepTheSealOfASegmentThatSomebodyElseRemoved() throws Exception {
        LogOptions.Builder sealed =
                options().seal(new SealOptions("example.com/audit", Duration.ofMillis(1), Duration.ofHours(1)));
        SegmentName removed;
        try (LogWriter log = test.open(sealed.maxSegments(10).build())) {
            append(log, 0, 6);
            test.awaitSealed(log, 6);
            LogDirectory existing = LogDirectory.existing(directory);
            removed = existing.segments().get(1);
            Files.delete(existing.segment(removed));
            log.reconfigure(sealed.maxSegments(2).build());
            Threads.await("what is too much is removed", () -> log.statistics().segments() == 2);
        }

        assertThat(LogDirectory.existing(directory).seal(removed)).exists();
        assertThat(test.listener.removalFailed).containsExactly(removed.fileName());
        assertThat(LogVerifier.of(directory).threads(1).verify().findings()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.FILE_THERE);
            assertThat(finding.toString()).contains(removed.fileName());
        });
    }

    @Test
    void shouldSayOnceThatTheDirectoryCannotBeForced() throws Exception {
        try (LogWriter log = test.open(options().build())) {
            log.append(TextLine.of("line 0"), Durability.SYNCED);
            append(log, 1, 2);
            log.sync();
            log.endHousekeeping();
        }
        test = new TestLog(directory);
        try (LogWriter log = test.open(options().maxSegmentBytes(1_000).build())) {
            log.append(TextLine.of("more"), Durability.SYNCED);
            Files.createFile(directory.resolve("security_audit_2020-01-01_00-00-00.log"));
        }
        test = new TestLog(directory);
        try (LogWriter log = test.open(options().maxSegmentBytes(1_000).build())) {
            test.disk.fail(FORCE_DIRECTORY, "Input/output error");
            log.append(TextLine.of("line"), Durability.SYNCED);
            Threads.await("it is removed", () -> log.statistics().segments() == 2);
        }

        assertThat(test.listener.warnings)
                .containsExactly(
                        "%s: housekeeping failed: java.io.IOException: Input/output error".formatted(directory));
    }

    @Test
    void shouldRemoveWhatGetsTooOldInAnIdleLog() throws Exception {
        try (LogWriter log = test.open(
                test.options().maxSegmentBytes(1).maxAge(DAY.multipliedBy(90)).build())) {
            append(log, 0, 2);
            test.clock.pass(DAY);
            append(log, 2, 3);
            for (int day = 1; day < 90; day++) {
                test.clock.pass(DAY);
                look(log);
            }
            assertThat(names()).hasSize(3);
            test.clock.pass(Duration.ofSeconds(1));
            look(log);

            Threads.await("they are gone", () -> isGone(FIRST) && isGone(SECOND));
        }

        assertThat(LogFiles.lines(directory)).containsExactly("line 2");
        assertThat(test.listener.removals).extracting(Removal::exceeded).containsExactly(Limit.MAX_AGE, Limit.MAX_AGE);
    }

    @Test
    void shouldNeverRemoveTheSegmentBeingWritten() throws Exception {
        try (LogWriter log = test.open(test.options().maxAge(DAY).build())) {
            append(log, 0, 1);
            test.clock.pass(DAY.multipliedBy(2));
        }

        assertThat(names()).hasSize(1);
    }

    @Test
    void shouldNotRemoveEverythingWhenTheClockJumpsAYear() throws Exception {
        Instant ahead = TestLog.START.plus(DAY.multipliedBy(365));
        try (LogWriter log = test.open(
                test.options().maxSegmentBytes(1).maxAge(DAY.multipliedBy(90)).build())) {
            LegalHolds.of(directory).place("a-sign", "");
            append(log, 0, 1);
            Threads.await("the first round begins", () -> !test.listener.holds.isEmpty());
            LegalHolds.of(directory).release("a-sign");
            look(log);
            Threads.await("the first round is over", () -> test.listener.holds.size() == 2);
            test.clock.set(ahead);
            append(log, 1, 5);

            Threads.await("it says so", () -> !test.listener.warnings.isEmpty());
        }

        assertThat(names()).hasSize(5);
        assertThat(test.listener.warnings)
                .singleElement()
                .asString()
                .contains("the clock says " + ahead)
                .contains("not removed for an age");
    }

    @Test
    void shouldRemoveNothingWhileAnOperatorsFileHoldsIt() throws Exception {
        Path hold = directory.resolve(".affidavit/holds/case-4711");
        try (LogWriter log = test.open(options().build())) {
            append(log, 0, 1);
            Path written = Files.writeString(directory.resolve(".affidavit/hold"), "as the court ordered\n");
            Files.move(written, hold); // with its text: a round may run right now
            append(log, 1, 5);
            // A round may look at the holds before this one is there, and at the files after.
            Threads.await(
                    "the hold was seen", () -> !test.listener.warnings.isEmpty() && !test.listener.holds.isEmpty());
            assertThat(log.statistics().retention().legalHolds()).containsExactly("case-4711");
            assertThat(names()).hasSize(5);
            assertThat(test.listener.removed()).isEmpty();

            Files.delete(hold);
            look(log);
            Threads.await("it acts again", () -> log.statistics().segments() == 2);
        }

        assertThat(test.listener.holds).containsExactly("placed case-4711: as the court ordered", "released case-4711");
        assertThat(test.listener.warnings)
                .singleElement()
                .asString()
                .contains("more is kept than the limits allow")
                .endsWith(FIRST + " is under legal hold");
    }

    @Test
    void shouldTellOfAHoldThoughThereIsAlwaysMoreToRemove() throws Exception {
        AtomicReference<LogWriter> writer = new AtomicReference<>();
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger lines = new AtomicInteger(3);
        LogListener busy = new LogListener() {
            @Override
            public void holdPlaced(LegalHold hold) {
                LegalHolds.of(directory).release(hold.name()); // before this round removes anything
            }

            @Override
            public void removing(List<Removal> removals) {
                if (released.getCount() > 0) {
                    int line = lines.getAndIncrement();
                    append(Objects.requireNonNull(writer.get()), line, line + 1);
                }
            }

            @Override
            public void holdReleased(String name) {
                released.countDown();
            }
        };
        try (LogWriter log = LogWriter.open(options().build(), busy, test.environment())) {
            writer.set(log);
            LegalHolds.of(directory).place("case-4711", "");
            append(log, 0, 3);

            Threads.await("the end of the hold is told", () -> released.getCount() == 0);
        }

        assertThat(names()).hasSize(2);
    }

    @Test
    void shouldEndThoughThereIsAlwaysMoreToRemove() throws Exception {
        AtomicReference<LogWriter> writer = new AtomicReference<>();
        AtomicInteger lines = new AtomicInteger(3);
        LogListener busy = new LogListener() {
            @Override
            public void removing(List<Removal> removals) {
                int line = lines.getAndIncrement();
                append(Objects.requireNonNull(writer.get()), line, line + 1);
            }
        };
        try (LogWriter log = LogWriter.open(options().build(), busy, test.environment())) {
            writer.set(log);
            append(log, 0, 3);

            log.endHousekeeping();

            assertThat(keeping(log)).isEmpty();
        }

        assertThat(test.disk.count(DELETE)).isPositive();
    }

    @Test
    void shouldTellOfAHoldOnceOverRestarts() {
        test.open().close();
        LegalHolds holds = LegalHolds.of(directory);
        holds.place("a", "x");
        for (int start = 0; start < 3; start++) {
            try (LogWriter log = test.open()) {
                append(log, start, start + 1);
            }
        }
        holds.release("a");
        holds.place("b", "y");
        try (LogWriter log = test.open()) {
            append(log, 3, 4);
        }

        assertThat(test.listener.holds).containsExactly("placed a: x", "placed b: y", "released a");
    }

    @Test
    void shouldTellAgainOfAHoldThatWasNotHeard() throws Exception {
        LogListener deaf = new LogListener() {
            @Override
            public void holdPlaced(LegalHold hold) {
                throw new StoreException("not recorded");
            }
        };
        try (LogWriter log = LogWriter.open(test.options().build(), deaf, test.environment())) {
            LegalHolds.of(directory).place("case", "");
            append(log, 0, 1);
        }
        Files.writeString(directory.resolve(".affidavit/holds/two words\n"), "");
        try (LogWriter log = test.open()) {
            append(log, 1, 2);
        }
        try (LogWriter log = test.open()) {
            append(log, 2, 3);
        }

        assertThat(test.listener.holds).containsExactly("placed case: ", "placed two words\n: ");
    }

    @Test
    void shouldRemoveNothingIfHoldsCannotBeListed() throws Exception {
        try (LogWriter log = test.open(options().build())) {
            Files.delete(directory.resolve(".affidavit/holds"));
            append(log, 0, 5);
        }

        assertThat(names()).hasSize(5);
        assertThat(test.listener.warnings)
                .filteredOn(warning -> warning.contains("legal holds cannot be listed"))
                .hasSize(1);
        assertThat(test.listener.removed()).isEmpty();
    }

    @Test
    void shouldHeedAHoldThatIsPlacedWhileTheRecordIsForced() throws Exception {
        try (LogWriter log = test.open(options().build())) {
            append(log, 0, 2);
            test.disk.holdForces();
            append(log, 2, 3);
            test.disk.awaitHeldForce();
            Threads.await("the removal is recorded", () -> !test.listener.removals.isEmpty());
            LegalHolds.of(directory).place("case-4711", "");
            test.disk.releaseForces();
        }

        assertThat(names()).hasSize(3);
        assertThat(test.disk.count(DELETE)).isZero();
    }

    @Test
    void shouldWarnOnceOfAReaderThatIsBehind() throws Exception {
        try (LogWriter log = test.open(options().pinnedBy(Set.of("soc")).build())) {
            append(log, 0, 6);
            Threads.await("it warns", () -> !test.listener.warnings.isEmpty());
            append(log, 6, 9);
            assertThat(log.statistics().retention().oldestSegment()).isEqualTo(FIRST);
            assertThat(log.statistics().retention().bytes()).isEqualTo(9 * 7);
            Cursors.of(directory)
                    .write(
                            "soc",
                            new Position(LogFiles.last(directory).getFileName().toString(), 0, 0, null));
            append(log, 9, 10);
        }

        assertThat(names()).hasSize(2);
        assertThat(test.listener.warnings).singleElement().asString().endsWith(FIRST + " is not delivered by soc");
    }

    @Test
    void shouldKeepWhatACursorAheadOfTheLogMayNotHaveDelivered() throws Exception {
        try (LogWriter log = test.open(options().pinnedBy(Set.of("soc")).build())) {
            Cursors.of(directory).write("soc", new Position("security_audit_2126-11-21_10-00-00.log", 0, 0, null));
            append(log, 0, 6);
            log.endHousekeeping();
        }

        assertThat(names()).hasSize(6);
        assertThat(test.listener.warnings).singleElement().asString().endsWith(FIRST + " is not delivered by soc");
    }

    @Test
    void shouldCountAndNameWhatAReaderHasNotPassed() throws Exception {
        try (LogWriter log = test.open(
                options().pinnedBy(Set.of("soc")).unshipped(Unshipped.DROP).build())) {
            append(log, 0, 5);
            log.endHousekeeping();

            assertThat(log.statistics().retention().dropped()).isEqualTo(3);
        }

        assertThat(names()).hasSize(2);
        assertThat(test.listener.removals).extracting(Removal::undeliveredTo).containsOnly(List.of("soc"));
    }

    @Test
    void shouldKeepTheLogWithinItsBytes() throws Exception {
        try (LogWriter log =
                test.open(test.options().maxSegmentBytes(100).maxBytes(350).build())) {
            for (int i = 0; i < 50; i++) {
                log.append(TextLine.padded("line " + i, 50), Durability.WRITTEN);
            }
            log.endHousekeeping();

            assertThat(log.statistics().retention().bytes()).isEqualTo(300);
        }
        assertThat(test.listener.removals).extracting(Removal::exceeded).containsOnly(Limit.MAX_BYTES);
    }

    @Test
    void shouldNotLookBeforeTheFirstLine() throws Exception {
        try (LogWriter log = test.open(options().build())) {
            append(log, 0, 2);
        }
        Files.createFile(directory.resolve("security_audit_2020-01-01_00-00-00.log"));
        test = new TestLog(directory);
        LegalHolds.of(directory).place("case", "");

        test.open(options().build()).close();

        assertThat(test.listener.holds).isEmpty();
        assertThat(names()).hasSize(3);
    }

    @Test
    void shouldLookNowAndThenThoughNobodyAsks() {
        Environment usual = test.environment();
        Environment quick = new Environment(
                usual.disk(),
                usual.clock(),
                usual.nanos(),
                usual.random(),
                usual.stored(),
                Duration.ofMillis(1),
                usual.readAtOpening());
        try (LogWriter log = LogWriter.open(test.options().build(), test.listener, quick)) {
            append(log, 0, 1);

            Threads.await("it looked three times", () -> test.clock.looks() >= 3);
        }
    }

    @Test
    void shouldSleepWhileThereIsNothingToDo() {
        try (LogWriter log = test.open()) {
            append(log, 0, 1);
            Threads.await("it looked at the first line", () -> test.clock.looks() >= 1);
            Thread keeping = keeping(log).orElseThrow();

            Threads.await("it sleeps", () -> keeping.getState() == Thread.State.TIMED_WAITING);
        }
    }

    private static Optional<Thread> keeping(LogWriter log) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName()
                        .equals("affidavit-keep " + log.directory().getFileName()))
                .findFirst();
    }

    @Test
    void shouldEndTwice() {
        LogWriter log = test.open();
        append(log, 0, 1);

        log.endHousekeeping();
        log.endHousekeeping();
        append(log, 1, 2);
        log.close();

        assertThat(log.statistics().written()).isEqualTo(2);
    }
}
