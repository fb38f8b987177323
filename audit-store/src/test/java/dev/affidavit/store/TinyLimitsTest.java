package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of 16 KB, five of them, and eight threads. */
@Timeout(600)
final class TinyLimitsTest {
    private static final int THREADS = 8;
    private static final int LINES_PER_THREAD = 2_000;
    private static final int MAX_SEGMENT_BYTES = 16 * 1024;
    private static final int MAX_SEGMENTS = 5;

    @Test
    void shouldShowEveryLineToAReaderThatPinsWhatItHasNotPassed(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        List<StoredLine> read = new ArrayList<>();
        try (LogWriter writer = open(log, Set.of("reader"))) {
            FutureTask<Void> reading = Threads.start("reader", () -> {
                follow(log, read);
                return null;
            });

            writeFromAllThreads(writer);

            Threads.get(reading);
            writer.endHousekeeping(); // with a last round
            assertThat(writer.statistics().retention().removed()).isPositive();
        }
        assertComplete(read);
        assertThat(read).extracting(StoredLine::segment).isSorted();
        assertThat(Set.copyOf(LogFiles.names(log)))
                .isSubsetOf(read.stream().map(StoredLine::segment).toList());
    }

    @Test
    void shouldRemoveNothingThatAPinningReaderHasNotSeen(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        try (LogWriter writer = open(log, Set.of("never-started"))) {
            writeFromAllThreads(writer);
            writer.endHousekeeping();
            assertThat(writer.statistics().retention().removed()).isZero();
            assertThat(writer.statistics().segments()).isGreaterThan(MAX_SEGMENTS);
        }

        try (LogReader reader = LogReader.fromOldest(log)) {
            assertComplete(reader.read(Integer.MAX_VALUE, Integer.MAX_VALUE));
        }
        assertThat(LogFiles.lines(log)).hasSize(THREADS * LINES_PER_THREAD);
    }

    @Test
    void shouldKeepNoMoreFilesThanAllowed(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        try (LogWriter writer = open(log, Set.of())) {
            writeFromAllThreads(writer);
            writer.endHousekeeping();

            assertThat(writer.statistics().segments()).isEqualTo(MAX_SEGMENTS);
        }
        List<String> names = LogFiles.names(log);
        assertThat(names).hasSize(MAX_SEGMENTS);
        assertThat(names.stream()
                        .map(name -> SegmentName.parse(name).orElseThrow())
                        .toList())
                .isSorted();
        for (String name : names) {
            assertThat(Files.size(log.resolve(name))).isBetween(1L, (long) MAX_SEGMENT_BYTES);
            assertThat(LogFiles.mode(log.resolve(name))).isEqualTo("rw-------");
        }
        List<String> lines = LogFiles.lines(log);
        lines.forEach(TinyLimitsTest::assertWhole);
        assertInOrderPerThread(lines, false);
    }

    @Test
    void shouldAddNoFileInARestart(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        try (LogWriter writer = open(log, Set.of())) {
            writeFromAllThreads(writer);
        }
        List<String> names = LogFiles.names(log);
        List<String> lines = LogFiles.lines(log);

        for (int i = 0; i < 20; i++) {
            open(log, Set.of()).close();
        }

        assertThat(LogFiles.names(log)).isEqualTo(names).hasSize(MAX_SEGMENTS);
        assertThat(LogFiles.lines(log)).isEqualTo(lines);
    }

    @Test
    void shouldFillOneFileOverManyRestarts(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");

        for (int i = 0; i < 20; i++) {
            try (LogWriter writer = open(log, Set.of())) {
                writer.append(TextLine.of("start " + i), Durability.WRITTEN);
            }
        }

        assertThat(LogFiles.names(log)).hasSize(1);
        assertThat(LogFiles.lines(log)).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "077", "022"})
    void shouldSetExactModesUnderAnyUmask(String umask, @TempDir Path directory) throws Exception {
        Path log = directory.resolve("parent").resolve("log");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask %s; exec \"$@\"".formatted(umask), "sh"));
        command.addAll(ChildJvm.command(WritingMain.class, log));

        ChildJvm.awaitSuccess(new ProcessBuilder(command).inheritIO().start());

        Path own = log.resolve(".affidavit");
        for (Path made : List.of(directory.resolve("parent"), log, own, own.resolve("cursors"), own.resolve("torn"))) {
            assertThat(LogFiles.mode(made)).as("%s", made).isEqualTo("rwx------");
        }
        for (Path made : List.of(own.resolve("lock"), own.resolve("log-id"), own.resolve("cursors/reader.cursor"))) {
            assertThat(LogFiles.mode(made)).as("%s", made).isEqualTo("rw-------");
        }
        assertThat(LogFiles.names(log)).hasSize(3);
        for (String name : LogFiles.names(log)) {
            assertThat(LogFiles.mode(log.resolve(name))).as("%s", name).isEqualTo("rw-r-----");
        }
    }

    private static LogWriter open(Path log, Set<String> pinnedBy) {
        LogOptions options = LogOptions.in(log)
                .maxSegmentBytes(MAX_SEGMENT_BYTES)
                .maxSegments(MAX_SEGMENTS)
                .pinnedBy(pinnedBy)
                .build();
        return LogWriter.open(options, LogListener.NONE);
    }

    private static void writeFromAllThreads(LogWriter writer) throws Exception {
        Threads.run(THREADS, thread -> {
            for (int i = 0; i < LINES_PER_THREAD; i++) {
                String text = "%d %d".formatted(thread, i);
                Line line = TextLine.of("%s %s".formatted(text, filling(text)));
                writer.append(line, i % 500 == 0 ? Durability.SYNCED : Durability.WRITTEN);
            }
        });
    }

    /** What makes a line recognisable to its last byte. */
    private static String filling(String text) {
        int hash = text.hashCode() & 0x7fffffff;
        return Integer.toString(hash).repeat(1 + hash % 12) + ".";
    }

    private static void follow(Path log, List<StoredLine> read) {
        Cursors cursors = Cursors.of(log);
        try (LogReader reader = LogReader.fromOldest(log)) {
            while (read.size() < THREADS * LINES_PER_THREAD) {
                List<StoredLine> batch = reader.read(200, 64 * 1024);
                if (!batch.isEmpty()) {
                    reader.force();
                    cursors.write("reader", reader.position().orElseThrow());
                    read.addAll(batch);
                }
            }
        }
    }

    private static void assertComplete(List<StoredLine> read) {
        List<String> lines = LogFiles.texts(read);
        assertThat(lines).hasSize(THREADS * LINES_PER_THREAD);
        lines.forEach(TinyLimitsTest::assertWhole);
        assertInOrderPerThread(lines, true);
    }

    private static void assertWhole(String line) {
        int text = line.lastIndexOf(' ');
        assertThat(line.substring(text + 1)).as(line).isEqualTo(filling(line.substring(0, text)));
    }

    private static void assertInOrderPerThread(List<String> lines, boolean fromTheFirst) {
        Map<String, Integer> next = new HashMap<>();
        for (String line : lines) {
            String thread = line.substring(0, line.indexOf(' '));
            int number = Integer.parseInt(line.substring(thread.length() + 1, line.lastIndexOf(' ')));
            Integer expected = fromTheFirst ? next.getOrDefault(thread, 0) : next.getOrDefault(thread, number);
            assertThat(number).as(line).isEqualTo(expected);
            next.put(thread, number + 1);
        }
    }

    static final class WritingMain {
        private WritingMain() {}

        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            LogOptions options = LogOptions.in(directory)
                    .maxSegmentBytes(1)
                    .permissions(PosixFilePermissions.fromString("rw-r-----"))
                    .build();
            try (LogWriter log = LogWriter.open(options, LogListener.NONE);
                    LogReader reader = LogReader.fromOldest(directory)) {
                for (int i = 0; i < 3; i++) {
                    log.append(TextLine.of("line"), Durability.WRITTEN);
                }
                reader.read(1, 1);
                Cursors.of(directory).write("reader", reader.position().orElseThrow());
            }
        }
    }
}
