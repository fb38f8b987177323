package dev.affidavit.store;

import static dev.affidavit.store.FaultyDisk.Operation.CREATE;
import static dev.affidavit.store.FaultyDisk.Operation.DELETE;
import static dev.affidavit.store.FaultyDisk.Operation.FORCE;
import static dev.affidavit.store.FaultyDisk.Operation.FORCE_DIRECTORY;
import static dev.affidavit.store.FaultyDisk.Operation.READ;
import static dev.affidavit.store.FaultyDisk.Operation.TRUNCATE;
import static dev.affidavit.store.FaultyDisk.Operation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
final class LogWriterFaultTest {

    @Test
    void shouldLeaveNothingOfALineThatFoundTheDiskFull(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("before"), Durability.WRITTEN);
            for (int room = 0; room < 10; room++) {
                test.disk.leaveFree(room);

                assertThatThrownBy(() -> log.append(TextLine.of("0123456789"), Durability.WRITTEN))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining(LogFiles.only(log.directory()).toString())
                        .hasMessageContaining("No space left on device");

                assertThat(LogFiles.lines(directory)).containsExactly("before");
            }
            assertThat(log.statistics().failed()).isNull();
            test.disk.heal();
            log.append(TextLine.of("after"), Durability.SYNCED);
        }
        assertThat(LogFiles.lines(directory)).containsExactly("before", "after");
    }

    @Test
    void shouldLeaveNothingOfALineThatFoundTheDiskFullAfterARotation(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(10).build())) {
            log.append(TextLine.of("before"), Durability.SYNCED);
            test.disk.leaveFree(3);
            assertThatThrownBy(() -> log.append(TextLine.of("too large"), Durability.WRITTEN))
                    .hasMessageContaining("No space left on device");
            assertThatThrownBy(() -> log.append(TextLine.of("too large"), Durability.WRITTEN))
                    .hasMessageContaining("No space left on device");
            test.disk.heal();

            log.append(TextLine.of("after"), Durability.SYNCED);

            assertThat(LogFiles.names(directory)).hasSize(2);
            assertThat(test.disk.journal())
                    .containsSubsequence(
                            "CREATE security_audit_2026-11-21_10-00-00_001.log",
                            "FORCE_DIRECTORY " + directory.getFileName(),
                            "FORCE security_audit_2026-11-21_10-00-00_001.log");
        }
        assertThat(LogFiles.lines(directory)).containsExactly("before", "after");
    }

    @Test
    void shouldTakeNoMoreLinesBehindOneThatCannotBeCutOff(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open();
        log.append(TextLine.of("before"), Durability.WRITTEN);
        test.disk.leaveFree(4);
        test.disk.fail(TRUNCATE, "Input/output error");
        assertThatThrownBy(() -> log.append(TextLine.of("unfinished"), Durability.WRITTEN))
                .hasMessageContaining("No space left on device");
        test.disk.heal();

        assertThatThrownBy(() -> log.append(TextLine.of("after"), Durability.WRITTEN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("takes no more lines")
                .hasMessageContaining("No space left on device");

        assertThat(log.statistics().failed()).contains("No space left on device");
        log.sync();
        log.close();
        assertThat(LogFiles.only(directory)).hasContent("before\nunfi");
        try (LogWriter again = test.open()) {
            assertThat(again.recovery().orElseThrow().keptAt()).hasContent("unfi");
            again.append(TextLine.of("again"), Durability.WRITTEN);
        }
        assertThat(LogFiles.lines(directory)).containsExactly("before", "again");
    }

    @Test
    void shouldLeaveNothingOfALineThatAnErrorTore(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("before"), Durability.WRITTEN);
            Error error = new OutOfMemoryError("for the test");
            test.disk.leaveFree(4, error);

            assertThatThrownBy(() -> log.append(TextLine.of("unfinished"), Durability.WRITTEN))
                    .isSameAs(error);

            assertThat(LogFiles.lines(directory)).containsExactly("before");
            assertThat(log.statistics().failed()).isNull();
            test.disk.heal();
            log.append(TextLine.of("after"), Durability.SYNCED);
        }
        assertThat(LogFiles.lines(directory)).containsExactly("before", "after");
    }

    @Test
    void shouldTakeNoMoreLinesBehindOneThatAnErrorToreAndThatCannotBeCutOff(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open();
        log.append(TextLine.of("before"), Durability.WRITTEN);
        log.endHousekeeping(); // or it may have the turn, and a stack at its end there is none of this thread's
        Error error = new StackOverflowError("for the test");
        test.disk.leaveFree(4, error);
        test.disk.fail(TRUNCATE, "Input/output error");

        assertThatThrownBy(() -> log.append(TextLine.of("unfinished"), Durability.WRITTEN))
                .isSameAs(error);

        assertThat(error.getSuppressed())
                .singleElement()
                .satisfies(cutBack -> assertThat(cutBack).hasMessage("Input/output error"));
        test.disk.heal();
        assertThatThrownBy(() -> log.append(TextLine.of("after"), Durability.WRITTEN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("takes no more lines")
                .hasCause(error);
        assertThat(log.statistics().failed()).contains("StackOverflowError");
        log.close();
        assertThat(LogFiles.only(directory)).hasContent("before\nunfi");
    }

    @Test
    void shouldCutOffBeforeTheNextLineWhatAnErrorLeft(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("before"), Durability.WRITTEN);
            test.disk.leaveFree(4, new StackOverflowError("for the test"));
            test.disk.failNextTruncate(new StackOverflowError("there too"));
            assertThatThrownBy(() -> log.append(TextLine.of("unfinished"), Durability.WRITTEN))
                    .isInstanceOf(StackOverflowError.class);
            test.disk.heal();

            log.append(TextLine.of("after"), Durability.WRITTEN);

            assertThat(log.statistics().failed()).isNull();
        }
        assertThat(LogFiles.lines(directory)).containsExactly("before", "after");
    }

    @ParameterizedTest
    @EnumSource(names = {"FORCE", "FORCE_DIRECTORY"})
    void shouldTakeNoMoreLinesWhenTheDeviceTakesNone(FaultyDisk.Operation operation, @TempDir Path directory) {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open(test.options().maxSegmentBytes(1).build());
        log.append(TextLine.of("zero"), Durability.SYNCED);
        test.disk.fail(operation, "Input/output error");

        assertThatThrownBy(() -> log.append(TextLine.of("one"), Durability.SYNCED))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not forced")
                .hasRootCauseMessage("Input/output error");

        int forces = test.disk.count(FORCE) + test.disk.count(FORCE_DIRECTORY);
        for (Durability durability : Durability.values()) {
            assertThatThrownBy(() -> log.append(TextLine.of("two"), durability))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("takes no more lines")
                    .hasRootCauseMessage("Input/output error");
        }
        assertThatThrownBy(log::sync).hasRootCauseMessage("Input/output error");
        assertThat(log.statistics().failed()).contains("Input/output error");
        assertThat(log.statistics().forced()).isEqualTo(1);
        assertThat(log.statistics().rescues()).isZero();
        assertThatThrownBy(log::close)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("its last 1 lines")
                .hasRootCauseMessage("Input/output error");
        log.close(); // does nothing, and says nothing again
        assertThat(test.disk.count(FORCE) + test.disk.count(FORCE_DIRECTORY)).isEqualTo(forces);
        assertThat(test.listener.forceFailed)
                .singleElement()
                .satisfies(cause -> assertThat(cause).hasRootCauseMessage("Input/output error"));
        assertThat(test.listener.rescued).isEmpty();
    }

    @Test
    void shouldTellEveryoneWhoWaitsThatTheForceFailed(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open();
        log.append(TextLine.of("safe"), Durability.SYNCED);
        test.disk.holdForces();
        test.disk.failFrom(FORCE, 2, "Input/output error");
        List<FutureTask<Void>> callers = new ArrayList<>();
        callers.add(appendSynced(log, 0));
        test.disk.awaitHeldForce();
        for (int i = 1; i < 20; i++) {
            callers.add(appendSynced(log, i));
        }
        Threads.await("all are written", () -> log.statistics().written() == 21);

        test.disk.releaseForces();

        Threads.get(callers.get(0));
        for (FutureTask<Void> caller : callers.subList(1, callers.size())) {
            assertThatThrownBy(() -> Threads.get(caller)).hasRootCauseMessage("Input/output error");
        }
        assertThat(log.statistics().forced()).isEqualTo(2);
        assertThatThrownBy(log::close).hasMessageContaining("its last 19 lines");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLeaveNoFileOpenThatItCouldNotBegin(boolean isNew, @TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        if (!isNew) {
            test.open().close();
        }
        test.disk.fail(FORCE_DIRECTORY, "Input/output error");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(test::open).isInstanceOf(StoreException.class).hasRootCauseMessage("Input/output error");
        }
        assertThat(test.disk.openFiles()).isZero();

        test.disk.heal();
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("line"), Durability.SYNCED);
            assertThat(test.disk.openFiles()).isEqualTo(1);
        }
        assertThat(LogFiles.lines(directory)).containsExactly("line");
        assertThat(test.disk.openFiles()).isZero();
    }

    /** The log of {@code test} with a clock that throws, once, when the forcing thread looks at it behind a force. */
    private static LogWriter openWithClockThatThrows(TestLog test, Throwable thrown) {
        AtomicReference<@Nullable Throwable> next = new AtomicReference<>(thrown);
        InstantSource clock = () -> {
            if (Thread.currentThread().getName().startsWith("affidavit-force")) {
                Throwable due = next.getAndSet(null);
                if (due instanceof Error error) {
                    throw error;
                }
                if (due instanceof RuntimeException exception) {
                    throw exception;
                }
            }
            return test.clock.instant();
        };
        Environment real = test.environment();
        return LogWriter.open(
                test.options().build(),
                test.listener,
                new Environment(
                        real.disk(),
                        clock,
                        real.nanos(),
                        real.random(),
                        real.stored(),
                        real.round(),
                        real.readAtOpening()));
    }

    @Test
    void shouldGoOnAfterItRanOutOfMemoryBehindAForce(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = openWithClockThatThrows(test, new OutOfMemoryError("for the test"))) {
            log.append(TextLine.of("one"), Durability.SYNCED);
            log.append(TextLine.of("two"), Durability.SYNCED);

            assertThat(log.statistics().forced()).isEqualTo(2);
            assertThat(log.statistics().failed()).isNull();
        }
        assertThat(LogFiles.lines(directory)).containsExactly("one", "two");
        assertThat(test.listener.forceFailed).isEmpty();
    }

    @Test
    void shouldTellOfWhateverEndsTheForcingThread(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        IllegalStateException bug = new IllegalStateException("for the test");
        LogWriter log = openWithClockThatThrows(test, bug);
        log.append(TextLine.of("one"), Durability.SYNCED);

        assertThatThrownBy(log::close).isInstanceOf(StoreException.class).hasCause(bug);

        assertThat(test.listener.forceFailed).containsExactly(bug);
    }

    @Test
    void shouldTakeNoMoreLinesIfAnErrorMayHideARefusedForce(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open();
        Error error = new OutOfMemoryError("for the test");
        test.disk.failNextForce(error);

        assertThatThrownBy(() -> log.append(TextLine.of("one"), Durability.SYNCED))
                .isInstanceOf(NotForcedException.class)
                .hasCause(error);
        assertThatThrownBy(() -> log.append(TextLine.of("two"), Durability.WRITTEN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("takes no more lines");
        assertThatThrownBy(log::close).hasCause(error);

        assertThat(test.listener.forceFailed).containsExactly(error);
        assertThat(test.disk.count(FORCE)).isEqualTo(1);
    }

    @Test
    void shouldOpenAgainAfterAForceFailed(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open();
        test.disk.fail(FORCE, "Input/output error");
        assertThatThrownBy(() -> log.append(TextLine.of("one"), Durability.SYNCED))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(log::close).isInstanceOf(StoreException.class);
        test.disk.heal();

        try (LogWriter again = test.open()) {
            again.append(TextLine.of("two"), Durability.SYNCED);
        }

        assertThat(LogFiles.lines(directory)).containsExactly("one", "two");
    }

    @Test
    void shouldKeepAcknowledgedLinesWhicheverOperationFails(@TempDir(factory = InMemory.class) Path directory)
            throws Exception {
        for (FaultyDisk.Operation operation : List.of(CREATE, READ, WRITE, TRUNCATE, FORCE, FORCE_DIRECTORY, DELETE)) {
            for (int nth = 1; nth <= 12; nth++) {
                Path sub = directory.resolve(operation + "-" + nth);
                TestLog test = new TestLog(sub);
                List<String> acknowledged = new ArrayList<>();

                test.disk.failOnly(operation, nth, "Input/output error");
                appendTwenty(test, "first", acknowledged);
                test.disk.heal();
                appendTwenty(test, "second", acknowledged);

                assertThat(LogFiles.lines(sub))
                        .as("%s fails the %d. time", operation, nth)
                        .doesNotHaveDuplicates()
                        .containsSubsequence(acknowledged);
            }
        }
    }

    /** Appends into tiny segments, some of it when the disk is full, and adds what was acknowledged. */
    private static void appendTwenty(TestLog test, String label, List<String> acknowledged) {
        try (LogWriter log = test.open(
                test.options().maxSegmentBytes(40).pinnedBy(Set.of("reader")).build())) {
            for (int i = 0; i < 20; i++) {
                if (i % 5 == 3) {
                    test.disk.leaveFree(4);
                }
                String text = "%s line %d".formatted(label, i);
                try {
                    log.append(TextLine.of(text), i % 2 == 0 ? Durability.SYNCED : Durability.WRITTEN);
                    acknowledged.add(text);
                } catch (StoreException refused) {
                    test.disk.leaveFree(Long.MAX_VALUE / 2);
                }
            }
        } catch (StoreException notOpenedOrNotForced) {
            // What was acknowledged must be there all the same.
        }
    }

    private static FutureTask<Void> appendSynced(LogWriter log, int number) {
        return Threads.start("caller-" + number, () -> {
            log.append(TextLine.of("line " + number), Durability.SYNCED);
            return null;
        });
    }
}
