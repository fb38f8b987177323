package dev.affidavit.store;

import static dev.affidavit.store.FaultyDisk.Operation.FORCE;
import static dev.affidavit.store.FaultyDisk.Operation.FORCE_DIRECTORY;
import static dev.affidavit.store.FaultyDisk.Operation.TRUNCATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device that refuses a force: the lines it was for are copied to a new segment, or the log ends. */
@Timeout(300)
final class RescueTest {
    private static final String FIRST = "security_audit_2026-11-21_10-00-00.log";
    private static final String SECOND = "security_audit_2026-11-21_10-00-00_001.log";
    private static final String THIRD = "security_audit_2026-11-21_10-00-00_002.log";
    private static final String FOURTH = "security_audit_2026-11-21_10-00-00_003.log";

    @TempDir
    Path directory;

    @Test
    void shouldCopyWhatTheDeviceRefusedAndGoOn() throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("good"), Durability.SYNCED);
            log.append(TextLine.of("written"), Durability.WRITTEN);
            test.disk.failNext(FORCE, "Input/output error");

            log.append(TextLine.of("synced"), Durability.SYNCED);

            assertThat(log.statistics().unforced()).isZero();
            assertThat(log.statistics().rescues()).isEqualTo(1);
            assertThat(log.statistics().rescuedLines()).isEqualTo(2);
            assertThat(log.statistics().failed()).isNull();
            assertThat(log.statistics().segments()).isEqualTo(3);
            assertThat(log.statistics().segment()).isEqualTo(THIRD);
            assertThat(log.linesBefore(SECOND)).hasValue(1);
            assertThat(log.linesBefore(THIRD)).hasValue(3);
            log.append(TextLine.of("after"), Durability.SYNCED);
            assertThat(test.disk.openFiles()).isEqualTo(1);
            assertThat(log.statistics().retention().bytes()).isEqualTo("good\nwritten\nsynced\nafter\n".length());
        }
        assertThat(directory.resolve(FIRST)).hasContent("good\n");
        assertThat(directory.resolve(SECOND)).hasContent("written\nsynced\n");
        assertThat(directory.resolve(THIRD)).hasContent("after\n");
        assertThat(LogFiles.mode(directory.resolve(SECOND))).isEqualTo("rw-------");
        assertThat(test.listener.rescued).singleElement().satisfies(rescue -> {
            assertThat(rescue.segment()).isEqualTo(FIRST);
            assertThat(rescue.offset()).isEqualTo(5);
            assertThat(rescue.lines()).isEqualTo(2);
            assertThat(rescue.copy()).isEqualTo(SECOND);
            assertThat(rescue.cut()).isTrue();
            assertThat(rescue.cause()).hasMessage("Input/output error");
        });
        assertThat(test.listener.forceFailed).isEmpty();
    }

    @Test
    void shouldPassOverNamesThatAreTaken() throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("good"), Durability.SYNCED);
            Files.writeString(directory.resolve(SECOND), "not of the log\n");
            Files.writeString(directory.resolve(FOURTH), "nor this\n");
            test.disk.failNext(FORCE, "Input/output error");

            log.append(TextLine.of("synced"), Durability.SYNCED);
            log.append(TextLine.of("after"), Durability.SYNCED);
        }
        assertThat(contents()).containsExactly("good\n", "not of the log\n", "synced\n", "nor this\n", "after\n");
    }

    @Test
    void shouldCutHalfALineBeforeItLeavesTheSegment() throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("good"), Durability.SYNCED);
            log.append(TextLine.of("written"), Durability.WRITTEN);
            test.disk.leaveFree(3, new OutOfMemoryError("on purpose"));
            test.disk.failNextTruncate(new StackOverflowError("on purpose"));
            assertThatThrownBy(() -> log.append(TextLine.of("half"), Durability.WRITTEN))
                    .isInstanceOf(OutOfMemoryError.class);
            test.disk.heal();
            test.disk.failNext(FORCE, "Input/output error");
            log.sync();

            log.append(TextLine.of("after"), Durability.SYNCED);
        }
        assertThat(contents()).containsExactly("good\n", "written\n", "after\n");
    }

    @Test
    void shouldForceTheCopyAndItsNotesBeforeItHasItsName() {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            test.disk.failNext(FORCE, "Input/output error");
            log.append(TextLine.of("line"), Durability.SYNCED);
        }

        assertThat(test.disk.journal())
                .containsSubsequence(
                        "CREATE " + THIRD,
                        "CREATE " + SECOND + ".tmp",
                        "FORCE " + SECOND + ".tmp",
                        "REPLACE " + FIRST,
                        "RENAME " + SECOND,
                        "FORCE_DIRECTORY " + directory.getFileName(),
                        "TRUNCATE " + FIRST);
        assertThat(test.disk.journal()).doesNotContain("FORCE " + FIRST);
    }

    @Test
    void shouldCopyEverySegmentThatTheDirectoryForceWasFor() throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(11).build())) {
            log.append(TextLine.of("good"), Durability.SYNCED);
            log.append(TextLine.of("more"), Durability.WRITTEN);
            log.append(TextLine.of("second"), Durability.WRITTEN);
            log.append(TextLine.of("third"), Durability.WRITTEN);
            test.disk.failNext(FORCE_DIRECTORY, "Input/output error");

            log.append(TextLine.of("of 3"), Durability.SYNCED);
        }
        assertThat(contents()).containsExactly("good\n", "", "", "more\nsecond\nthird\nof 3\n", "");
        assertThat(test.listener.rescued).singleElement().satisfies(rescue -> {
            assertThat(rescue.segment()).isEqualTo(FIRST);
            assertThat(rescue.offset()).isEqualTo(5);
            assertThat(rescue.copy()).isEqualTo(FOURTH);
            assertThat(rescue.lines()).isEqualTo(4);
        });
    }

    @Test
    void shouldKeepWhatWasForcedBeforeTheRefusal() throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(1).build())) {
            log.append(TextLine.of("first"), Durability.WRITTEN);
            log.append(TextLine.of("second"), Durability.WRITTEN);
            log.append(TextLine.of("third"), Durability.WRITTEN);
            test.disk.failOnly(FORCE, 2, "Input/output error");

            log.sync();
        }
        assertThat(contents()).containsExactly("first\n", "", "", "second\nthird\n", "");
    }

    @Test
    void shouldCopyWhatWasWrittenWhileTheForceFailed() throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(20).build())) {
            test.disk.holdForces();
            test.disk.failOnly(FORCE, 2, "Input/output error");
            FutureTask<Void> first = Threads.synced(log, "first");
            test.disk.awaitHeldForce();
            for (int i = 0; i < 9; i++) {
                log.append(TextLine.of("line " + i), Durability.WRITTEN);
            }
            FutureTask<Void> last = Threads.synced(log, "last");
            Threads.await("the last is written", () -> log.statistics().written() == 11);

            test.disk.releaseForces();

            Threads.get(first);
            Threads.get(last);
            assertThat(log.statistics().rescuedLines()).isEqualTo(10);
            assertThat(log.statistics().unforced()).isZero();
        }
        assertThat(LogFiles.lines(directory))
                .containsExactly(
                        "first", "line 0", "line 1", "line 2", "line 3", "line 4", "line 5", "line 6", "line 7",
                        "line 8", "last");
    }

    @Test
    void shouldBeginANewSegmentWhenThereIsNothingToCopy() {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(1).build())) {
            log.append(TextLine.of("good"), Durability.SYNCED);
            test.disk.leaveFree(2);
            assertThatThrownBy(() -> log.append(TextLine.of("too long"), Durability.WRITTEN))
                    .isInstanceOf(StoreException.class);
            test.disk.leaveFree(1_000);
            test.disk.failNext(FORCE_DIRECTORY, "Input/output error");
            log.reconfigure(test.options().forceInterval(Duration.ofMillis(1)).build());

            Threads.await("the refusal is told", () -> !test.listener.rescued.isEmpty());
            log.append(TextLine.of("after"), Durability.SYNCED);
        }
        assertThat(test.listener.rescued).singleElement().satisfies(rescue -> {
            assertThat(rescue.copy()).isNull();
            assertThat(rescue.lines()).isZero();
        });
        assertThat(LogFiles.read(directory)).containsExactly("good", "after");
    }

    @Test
    void shouldLetWritersGoOnWhileTheCopyIsForced() throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            test.disk.holdForces();
            test.disk.failNext(FORCE, "Input/output error");
            FutureTask<Void> first = Threads.synced(log, "first");
            test.disk.awaitHeldForce(); // the second force, that of the copy

            for (int i = 0; i < 100; i++) {
                log.append(TextLine.of("written " + i), Durability.WRITTEN);
            }

            assertThat(first.isDone()).isFalse();
            assertThat(log.statistics().forced()).isZero();
            assertThat(LogFiles.read(directory)).hasSize(101).startsWith("first", "written 0");
            test.disk.releaseForces();
            Threads.get(first);
            assertThat(LogFiles.read(directory)).hasSize(101).startsWith("first", "written 0");
        }
    }

    @Test
    void shouldShowAReaderTheCopyThoughItListedTheSegmentsBeforeTheCopyWasThere() throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(1).build())) {
            log.append(TextLine.of("first"), Durability.SYNCED);
            test.disk.holdForces();
            test.disk.failNext(FORCE, "Input/output error");
            FutureTask<Void> second = Threads.synced(log, "second");
            test.disk.awaitHeldForce(); // that of the copy

            try (LogReader reader = LogReader.fromOldest(directory)) {
                assertThat(LogFiles.texts(reader.read(1, 100))).containsExactly("first");
                test.disk.releaseForces();
                Threads.get(second);
                log.append(TextLine.of("third"), Durability.SYNCED);

                assertThat(LogFiles.texts(reader.read(9, 100))).containsExactly("second", "third");
            }
        }
    }

    @Test
    void shouldFinishTheCopyWhenItIsClosedMeanwhile() throws Exception {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open();
        test.disk.holdForces();
        test.disk.failNext(FORCE, "Input/output error");
        FutureTask<Void> caller = Threads.synced(log, "synced");
        test.disk.awaitHeldForce();
        FutureTask<Void> closing = Threads.start("closing", () -> {
            log.close();
            return null;
        });
        Threads.await("the log is closed for writers", () -> refusesLines(log));

        test.disk.releaseForces();

        Threads.get(caller);
        Threads.get(closing);
        assertThat(LogFiles.read(directory))
                .startsWith("synced")
                .filteredOn(line -> !line.equals("probe"))
                .hasSize(1);
    }

    @Test
    void shouldGoOnWhenWhatWasCopiedCannotBeCutOff() throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("good"), Durability.SYNCED);
            test.disk.failNext(FORCE, "Input/output error");
            test.disk.failNext(TRUNCATE, "Read-only file system");

            log.append(TextLine.of("copied"), Durability.SYNCED);
            log.append(TextLine.of("after"), Durability.SYNCED);

            Threads.await("the refusal is told", () -> !test.listener.rescued.isEmpty());
            assertThat(test.listener.rescued.get(0).cut()).isFalse();
            assertThat(directory.resolve(FIRST)).hasContent("good\ncopied\n");
            assertThat(LogFiles.read(directory)).containsExactly("good", "copied", "after");
        }
        try (LogWriter log = test.open()) {
            assertThat(log.warnings()).isEmpty();
            assertThat(directory.resolve(FIRST)).hasContent("good\n");
            assertThat(log.lastLine().map(StoredLine::bytes)).hasValue("after".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(LogFiles.read(directory)).containsExactly("good", "copied", "after");
    }

    /**
     * A power cut must not bring back the one without the other: nobody would know where its lines end.
     *
     * @param forceFails whether the force of its removal fails at first
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRemoveARefusedSegmentForGoodBeforeItsCopy(boolean forceFails) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("good"), Durability.SYNCED);
            test.disk.failNext(FORCE, "Input/output error");
            log.append(TextLine.of("refused"), Durability.SYNCED);
            log.append(TextLine.of("after"), Durability.SYNCED);

            log.reconfigure(test.options().maxSegmentBytes(1).build());
            log.append(TextLine.of("next"), Durability.SYNCED);

            if (forceFails) {
                test.disk.failNext(FORCE_DIRECTORY, "Input/output error");
            }
            log.reconfigure(test.options().maxSegmentBytes(1).maxSegments(2).build());
            Threads.await("the first is removed", () -> !Files.exists(directory.resolve(FIRST)));
            log.endHousekeeping();

            assertThat(contents()).containsExactly("after\n", "next\n");
        }
        assertThat(test.disk.journal())
                .containsSubsequence(
                        "DELETE " + FIRST, "FORCE_DIRECTORY " + directory.getFileName(), "DELETE " + SECOND);
    }

    @Test
    void shouldRemoveNothingWhileItCopies() throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log =
                test.open(test.options().maxSegmentBytes(10).maxSegments(2).build())) {
            test.disk.holdForces();
            test.disk.failNext(FORCE, "Input/output error");
            FutureTask<Void> first = Threads.synced(log, "first");
            test.disk.awaitHeldForce();
            for (int i = 0; i < 5; i++) {
                log.append(TextLine.of("line 00" + i), Durability.WRITTEN);
            }

            assertThat(LogFiles.read(directory)).hasSize(6);
            assertThat(log.statistics().retention().removed()).isZero();
            test.disk.releaseForces();
            Threads.get(first);

            Threads.await("two are left", () -> log.statistics().segments() == 2);
            assertThat(LogFiles.read(directory)).containsExactly("line 003", "line 004");
            assertThat(log.linesBefore(LogFiles.last(directory).getFileName().toString()))
                    .hasValue(5);
        }
        new TestLog(directory).open().close();
        assertThat(notes()).as("notes on segments that are gone").isEmpty();
    }

    private static boolean refusesLines(LogWriter log) {
        try {
            log.append(TextLine.of("probe"), Durability.WRITTEN);
            return false;
        } catch (LogClosedException e) {
            return true;
        }
    }

    private List<String> contents() throws Exception {
        List<String> contents = new ArrayList<>();
        for (String name : LogFiles.names(directory)) {
            contents.add(Files.readString(directory.resolve(name)));
        }
        return contents;
    }

    private List<String> notes() throws Exception {
        return LogFiles.names(directory.resolve(".affidavit").resolve("poisoned"));
    }
}
