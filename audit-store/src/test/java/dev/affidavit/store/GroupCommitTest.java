package dev.affidavit.store;

import static dev.affidavit.store.FaultyDisk.Operation.FORCE;
import static dev.affidavit.store.FaultyDisk.Operation.FORCE_DIRECTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class GroupCommitTest {

    @Test
    void shouldReturnFromWrittenWhileTheDeviceHangs(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(100).build())) {
            test.disk.holdForces();
            FutureTask<Void> synced = Threads.start("synced", () -> {
                log.append(TextLine.of("synced"), Durability.SYNCED);
                return null;
            });
            test.disk.awaitHeldForce();

            for (int i = 0; i < 100; i++) {
                log.append(TextLine.of("written " + i), Durability.WRITTEN);
            }

            assertThat(synced.isDone()).isFalse();
            assertThat(log.statistics().written()).isEqualTo(101);
            assertThat(log.statistics().forced()).isZero();
            test.disk.releaseForces();
            Threads.get(synced);
        }
        assertThat(LogFiles.lines(directory)).hasSize(101);
    }

    @Test
    void shouldServeEveryoneWhoWaitsWithOneForce(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            test.disk.holdForces();
            FutureTask<Void> first = appendSynced(log, "first");
            test.disk.awaitHeldForce();
            List<FutureTask<Void>> others = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                others.add(appendSynced(log, "other " + i));
            }
            Threads.await("all are written", () -> log.statistics().written() == 51);

            test.disk.releaseForces();

            Threads.get(first);
            for (FutureTask<Void> other : others) {
                Threads.get(other);
            }
            assertThat(test.disk.count(FORCE)).isEqualTo(2);
            assertThat(log.statistics().forced()).isEqualTo(51);
        }
    }

    @Test
    void shouldNotCountALineAsForcedThatWasWrittenDuringTheForce(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            test.disk.holdForces();
            FutureTask<Void> before = appendSynced(log, "before");
            test.disk.awaitHeldForce();
            log.append(TextLine.of("during"), Durability.WRITTEN);

            test.disk.releaseForces();
            Threads.get(before);

            assertThat(log.statistics().forced()).isEqualTo(1);
            assertThat(log.statistics().unforced()).isEqualTo(1);
        }
    }

    @Test
    void shouldForceEarlierLinesOnSync(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("one"), Durability.WRITTEN);
            log.append(TextLine.of("two"), Durability.WRITTEN);

            log.sync();
            log.sync();

            assertThat(test.disk.count(FORCE)).isEqualTo(1);
            assertThat(log.statistics().unforced()).isZero();
        }
    }

    @Test
    void shouldWaitForAHungDeviceNoLongerThanTheLimit(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("safe"), Durability.SYNCED);
            log.append(TextLine.of("one"), Durability.WRITTEN);
            test.disk.holdForces();

            boolean kept = Threads.get(Threads.start("interrupted", () -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> log.sync(Duration.ofMillis(20)))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining(log.directory().toString())
                        .hasMessageContaining("PT0.02S")
                        .hasMessageContaining("the last 1 lines");
                return Thread.interrupted();
            }));

            assertThat(kept).isTrue();
            assertThat(log.statistics().failed()).isNull();
            test.disk.releaseForces();
            log.sync(ChronoUnit.FOREVER.getDuration());
            assertThat(log.statistics().unforced()).isZero();
            log.sync(Duration.ZERO);
        }
    }

    @Test
    void shouldFailASyncedCallThatTheDeviceDoesNotAnswerAndHoldNobodyElseUp(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        try (LogWriter log =
                test.open(test.options().forceTimeout(Duration.ofMillis(20)).build())) {
            test.disk.holdForces();
            for (int i = 0; i < 3; i++) {
                String text = "line " + i;
                boolean kept = Threads.get(Threads.start("interrupted", () -> {
                    Thread.currentThread().interrupt();
                    assertThatThrownBy(() -> log.append(TextLine.of(text), Durability.SYNCED))
                            .isInstanceOf(NotForcedException.class)
                            .hasMessageContaining(log.directory().toString())
                            .hasMessageContaining("did not answer a force within PT0.02S")
                            .hasMessageContaining("are written, but not known to be on it");
                    return Thread.interrupted();
                }));
                assertThat(kept).isTrue();
                log.append(TextLine.of("written " + i), Durability.WRITTEN);
            }
            assertThatThrownBy(log::sync).isInstanceOf(StoreException.class).hasMessageContaining("6 lines");
            assertThat(log.statistics().failed()).isNull();

            test.disk.releaseForces();
            log.reconfigure(test.options().forceTimeout(Duration.ofMinutes(1)).build());
            log.append(TextLine.of("after"), Durability.SYNCED);
            assertThat(log.statistics().unforced()).isZero();
        }
        assertThat(LogFiles.lines(directory))
                .containsExactly("line 0", "written 0", "line 1", "written 1", "line 2", "written 2", "after");
    }

    @Test
    void shouldTellOfAForceThatFailedWithinTheLimit(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open();
        log.append(TextLine.of("one"), Durability.WRITTEN);
        test.disk.fail(FORCE, "Input/output error");

        assertThatThrownBy(() -> log.sync(Duration.ofMinutes(1))).hasRootCauseMessage("Input/output error");
        assertThatThrownBy(log::close).hasRootCauseMessage("Input/output error");
    }

    @Test
    void shouldKeepNothingOfTheApplicationThatOpenedTheLog(@TempDir Path directory) throws Exception {
        InheritableThreadLocal<String> diagnostics = new InheritableThreadLocal<>();
        List<String> inherited = new CopyOnWriteArrayList<>();
        List<ClassLoader> loaders = new CopyOnWriteArrayList<>();
        LogListener listener = new LogListener() {
            @Override
            public void removing(List<Removal> removals) {
                look();
            }

            @Override
            public void forceFailed(Throwable cause) {
                look();
            }

            private void look() {
                inherited.add(String.valueOf(diagnostics.get()));
                loaders.add(Thread.currentThread().getContextClassLoader());
            }
        };
        TestLog test = new TestLog(directory);
        LogOptions options = test.options().maxSegmentBytes(1).maxSegments(2).build();

        Threads.get(Threads.start("application", () -> {
            diagnostics.set("user=alice");
            Thread.currentThread().setContextClassLoader(new ClassLoader(null) {});
            LogWriter log = LogWriter.open(options, listener, test.environment());
            for (int i = 0; i < 3; i++) {
                log.append(TextLine.of("line " + i), Durability.SYNCED);
            }
            log.endHousekeeping();
            test.disk.fail(FORCE, "Input/output error");
            log.append(TextLine.of("the last"), Durability.WRITTEN);
            assertThatThrownBy(log::close).isInstanceOf(StoreException.class);
            return null;
        }));

        assertThat(inherited).containsExactly("null", "null");
        assertThat(loaders).hasSize(2).containsOnly(LogWriter.class.getClassLoader());
    }

    @Test
    void shouldForceAfterSoManyLines(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().forceAfterLines(10).build())) {
            for (int i = 0; i < 9; i++) {
                log.append(TextLine.of("line"), Durability.WRITTEN);
            }
            assertThat(test.disk.count(FORCE)).isZero();

            log.append(TextLine.of("the tenth"), Durability.WRITTEN);

            Threads.await("ten lines are forced", () -> log.statistics().forced() == 10);
            assertThat(test.disk.count(FORCE)).isEqualTo(1);
        }
    }

    @Test
    void shouldForceAfterTheIntervalAndNotWithoutNews(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        try (LogWriter log =
                test.open(test.options().forceInterval(Duration.ofMillis(5)).build())) {
            int ofDirectory = test.disk.count(FORCE_DIRECTORY);
            log.append(TextLine.of("one"), Durability.WRITTEN);
            Threads.await("the line is forced", () -> log.statistics().forced() == 1);
            int forces = test.disk.count(FORCE);
            log.append(TextLine.of("two"), Durability.WRITTEN);
            Threads.await("the next line is forced", () -> log.statistics().forced() == 2);

            assertThat(test.disk.count(FORCE)).isEqualTo(forces + 1);
            assertThat(test.disk.count(FORCE_DIRECTORY)).isEqualTo(ofDirectory);
        }
    }

    @Test
    void shouldObeyAShorterIntervalAtOnce(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("one"), Durability.WRITTEN);
            assertThat(log.statistics().forced()).isZero();

            log.reconfigure(test.options().forceInterval(Duration.ofMillis(1)).build());

            Threads.await("the line is forced", () -> log.statistics().forced() == 1);
        }
    }

    @Test
    void shouldForceSegmentsInOrderAndTheirNamesBeforeALineIsSafe(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(1).build())) {
            log.append(TextLine.of("one"), Durability.WRITTEN);
            log.append(TextLine.of("two"), Durability.WRITTEN);
            log.append(TextLine.of("three"), Durability.SYNCED);

            assertThat(test.disk.journal().stream()
                            .filter(operation -> operation.startsWith("FORCE"))
                            .skip(2) // the directory, on opening: as it was found, and with the first name
                            .toList())
                    .containsExactly(
                            "FORCE security_audit_2026-11-21_10-00-00.log",
                            "FORCE security_audit_2026-11-21_10-00-00_001.log",
                            "FORCE_DIRECTORY " + directory.getFileName(),
                            "FORCE security_audit_2026-11-21_10-00-00_002.log");
        }
    }

    @Test
    void shouldForceTheNameOfAnIdleLogsSegment(@TempDir Path directory) {
        TestLog test = new TestLog(directory);
        try (LogWriter log =
                test.open(test.options().forceInterval(Duration.ofMillis(1)).build())) {
            assertThat(test.disk.journal())
                    .endsWith(
                            "CREATE security_audit_2026-11-21_10-00-00.log",
                            "FORCE_DIRECTORY " + directory.getFileName());
            int forces = test.disk.count(FORCE_DIRECTORY);

            log.append(TextLine.of("one"), Durability.SYNCED);

            assertThat(test.disk.count(FORCE_DIRECTORY)).isEqualTo(forces);
        }
    }

    @Test
    void shouldForceTheNameOfASegmentThatAKilledWriterMade(@TempDir Path directory) throws Exception {
        new TestLog(directory).open().close();
        TestLog test = new TestLog(directory);

        try (LogWriter log = test.open()) {
            log.append(TextLine.of("one"), Durability.SYNCED);

            assertThat(test.disk.journal())
                    .containsSubsequence(
                            "FORCE_DIRECTORY " + directory.getFileName(),
                            "FORCE " + LogFiles.only(directory).getFileName());
        }
    }

    @Test
    void shouldSurviveAListenerThatThrows(@TempDir Path directory) {
        AtomicReference<Throwable> reported = new AtomicReference<>();
        LogListener throwing = new LogListener() {
            @Override
            public void removing(List<Removal> removals) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> reported.set(e));
                throw new IllegalStateException("a bug of the listener");
            }
        };
        LogOptions options = new TestLog(directory)
                .options()
                .maxSegmentBytes(1)
                .maxSegments(2)
                .build();
        try (LogWriter log = LogWriter.open(options, throwing)) {
            for (int i = 0; i < 10; i++) {
                log.append(TextLine.of("line " + i), Durability.SYNCED);
            }

            assertThat(log.statistics().forced()).isEqualTo(10);
            log.endHousekeeping();
            assertThat(log.statistics().segments()).isEqualTo(10);
        }
        assertThat(reported.get()).hasMessage("a bug of the listener");
    }

    @Test
    void shouldLetTheListenerAppend(@TempDir Path directory) throws Exception {
        AtomicReference<LogWriter> writer = new AtomicReference<>();
        LogListener appending = new LogListener() {
            @Override
            public void removing(List<Removal> removals) {
                Objects.requireNonNull(writer.get())
                        .appendReport(TextLine.of("removed " + removals.size()), Durability.WRITTEN);
            }
        };
        LogOptions options = new TestLog(directory)
                .options()
                .maxSegmentBytes(60)
                .maxSegments(2)
                .build();
        try (LogWriter log = LogWriter.open(options, appending)) {
            writer.set(log);
            for (int i = 0; i < 20; i++) {
                log.append(TextLine.padded("line " + i, 40), Durability.SYNCED);
            }
            Threads.await("removals are told", () -> log.statistics().written() > 20);
        }
        assertThat(LogFiles.names(directory)).hasSize(2);
    }

    private static FutureTask<Void> appendSynced(LogWriter log, String text) {
        return Threads.start(text, () -> {
            log.append(TextLine.of(text), Durability.SYNCED);
            return null;
        });
    }
}
