package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.store.FaultyDisk.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A writer that the device refuses a force, stopped after each single operation: what a killed process leaves, and what a
 * power cut does.
 */
@Timeout(300)
final class RescueCrashTest {
    private static final int LINES = 14;

    /** Segments of three lines; every fifth line waits for the device. */
    @ParameterizedTest
    @CsvSource({"FORCE, 3", "FORCE_DIRECTORY, 2"})
    void shouldLoseNothingWhereverItIsStopped(Operation refused, int nth, @TempDir Path directory) throws Exception {
        stopEverywhere(refused, nth, directory);
    }

    @ParameterizedTest
    @CsvSource({"FORCE, 1", "FORCE, 2", "FORCE, 4", "FORCE, 5", "FORCE_DIRECTORY, 3"})
    @Tag("campaign")
    void shouldLoseNothingWhicheverForceIsRefused(Operation refused, int nth, @TempDir Path directory)
            throws Exception {
        stopEverywhere(refused, nth, directory);
    }

    private static void stopEverywhere(Operation refused, int nth, Path directory) throws Exception {
        int stops = 0;
        for (int operations = 0; ; operations++) {
            Path log = Files.createDirectories(directory.resolve("log-" + operations))
                    .toRealPath();
            Run run = new Run(log);
            run.disk.failOnly(refused, nth, "Input/output error");
            run.disk.stopAfter(operations);
            boolean finished = run.write();
            stops++;

            for (boolean generous : new boolean[] {false, true}) {
                if (run.opened()) {
                    Path left = Files.createDirectories(directory.resolve("cut-%d-%b".formatted(operations, generous)));
                    run.lossy.cutPower(log, left, generous);
                    checkAfterPowerCut(left, run, "power cut after %d operations, %b".formatted(operations, generous));
                }
            }
            checkAfterKill(log, run, "killed after %d operations".formatted(operations));
            if (finished) {
                assertThat(run.rescued)
                        .as("the device refused what it was to refuse")
                        .isTrue();
                assertThat(stops).isGreaterThan(20);
                return;
            }
        }
    }

    private static void checkAfterKill(Path log, Run run, String when) {
        List<String> lines = reopenAndRead(log, when);
        checkLines(lines, run.acknowledged, run, when);
        if (run.position != null) {
            try (LogReader reader = LogReader.from(log, run.position)) {
                List<String> rest = LogFiles.texts(reader.read(100, 1 << 20));
                assertThat(reader.resumption()).as(when).isEqualTo(Resumption.EXACT);
                assertThat(rest).as(when).isEqualTo(lines.subList(run.readLines, lines.size()));
            }
        }
    }

    private static void checkAfterPowerCut(Path log, Run run, String when) {
        List<String> lines = reopenAndRead(log, when);
        List<String> whole =
                lines.stream().filter(line -> line.indexOf('\0') < 0).toList();
        checkLines(whole, run.safe, run, when);
    }

    /** All that must be there, nothing else than what was written, each once and in order. */
    private static void checkLines(List<String> lines, List<String> required, Run run, String when) {
        List<String> inOrder = new ArrayList<>(run.written);
        inOrder.retainAll(lines);
        assertThat(lines).as(when).containsAll(required).isEqualTo(inOrder);
    }

    private static List<String> reopenAndRead(Path log, String when) {
        List<String> before = read(log);
        try (LogWriter again = new TestLog(log).open()) {
            assertThat(again.statistics().failed()).as(when).isNull();
        }
        List<String> after = read(log);
        assertThat(after).as("%s: the same before and after recovery", when).isEqualTo(before);
        return after;
    }

    private static List<String> read(Path log) {
        try (LogReader reader = LogReader.fromOldest(log)) {
            return LogFiles.texts(reader.read(100, 1 << 20));
        }
    }

    /** One writer, until its disk stops. */
    private static final class Run {
        final FaultyDisk disk = new FaultyDisk();
        final LossyDisk lossy = new LossyDisk(disk);
        final List<String> written = new ArrayList<>();
        final List<String> acknowledged = new ArrayList<>();
        /** Acknowledged as on the device, and what was written before. */
        final List<String> safe = new ArrayList<>();

        private final Path directory;
        private @Nullable LogWriter log;
        private boolean rescued;
        private @Nullable Position position;
        private int readLines;

        Run(Path directory) {
            this.directory = directory;
        }

        boolean opened() {
            return log != null;
        }

        /** Whether the disk went on to the end. */
        boolean write() {
            TestLog test = new TestLog(directory);
            try (LogWriter writer = LogWriter.open(
                    test.options().maxSegmentBytes(24).build(), LogListener.NONE, test.environment(lossy))) {
                log = writer;
                for (int i = 0; i < LINES; i++) {
                    append(writer, "line %02d".formatted(i), i % 5 == 4 ? Durability.SYNCED : Durability.WRITTEN);
                    if (i == 7) {
                        readSome();
                    }
                }
                rescued = writer.statistics().rescues() == 1;
                return true;
            } catch (StoreException stopped) {
                return false;
            }
        }

        private void append(LogWriter writer, String text, Durability durability) {
            written.add(text);
            writer.append(TextLine.of(text), durability);
            acknowledged.add(text);
            if (durability == Durability.SYNCED) {
                safe.clear();
                safe.addAll(acknowledged);
            }
        }

        private void readSome() {
            try (LogReader reader = LogReader.fromOldest(directory)) {
                readLines = reader.read(7, 1 << 20).size();
                position = reader.position().orElseThrow();
            }
        }
    }
}
