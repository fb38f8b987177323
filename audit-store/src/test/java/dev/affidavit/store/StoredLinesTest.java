package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredLinesTest {

    @Test
    void shouldTellEachLineInTheOrderOfTheFilesOverRotationsAndRestarts(@TempDir Path directory) throws Exception {
        Told told = new Told();
        for (int start = 0; start < 3; start++) {
            TestLog test = new TestLog(directory).tellingOf(told);
            int number = start;
            try (LogWriter log = test.open(
                    test.options().maxSegmentBytes(4_000).forceAfterLines(50).build())) {
                Threads.run(8, thread -> {
                    for (int i = 0; i < 500; i++) {
                        log.append(
                                TextLine.padded("%d %d %d".formatted(number, thread, i), 12 + i % 40),
                                i % 100 == 0 ? Durability.SYNCED : Durability.WRITTEN);
                    }
                });
            }
        }

        assertThat(told.places).hasSize(3 * 8 * 500).isEqualTo(placesInFiles(directory));
    }

    @Test
    void shouldHashTheLinesThatAreInTheFiles(@TempDir Path directory) throws Exception {
        LineTree tree = new LineTree();
        TestLog test = new TestLog(directory).tellingOf(tree);
        try (LogWriter log = test.open(
                test.options().maxSegmentBytes(200_000).forceAfterLines(50).build())) {
            Threads.run(8, thread -> {
                for (int i = 0; i < 2_000; i++) {
                    log.append(
                            TextLine.padded("%d %d".formatted(thread, i), 12 + i % 400),
                            i % 500 == 0 ? Durability.SYNCED : Durability.WRITTEN);
                }
            });
        }

        List<byte[]> lines = LogFiles.lines(directory).stream()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
        assertThat(lines).hasSize(8 * 2_000);
        assertThat(tree.size()).isEqualTo(lines.size());
        assertThat(tree.head()).isEqualTo(LineTreeTest.head(lines));
    }

    @Test
    void shouldTellOfAllLinesThatAForceWasForWhenNobodyWaits(@TempDir Path directory) {
        AtomicInteger told = new AtomicInteger();
        TestLog test = new TestLog(directory).tellingOf(new StoredLines() {
            @Override
            public void lineStored(byte[] bytes, int from, int length) {
                told.incrementAndGet();
            }

            @Override
            public void segmentBegun(SegmentName segment) {}

            @Override
            public void linesMoved(SegmentName from, long count, SegmentName to) {}
        });
        int lines = 1_500; // more than is told of at a time, since memory for them was made last
        try (LogWriter log = test.open(test.options().forceAfterLines(lines).build())) {
            for (int i = 0; i < lines; i++) {
                log.append(TextLine.padded("line " + i, 1_000), Durability.WRITTEN);
            }

            Threads.await("all are told", () -> told.get() == lines);
        }
    }

    @Test
    void shouldNotTellOfALineThatWasNotStored(@TempDir Path directory) throws Exception {
        Told told = new Told();
        TestLog test = new TestLog(directory).tellingOf(told);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(50).build())) {
            for (int i = 0; i < 30; i++) {
                test.disk.leaveFree(i % 3 == 0 ? 5 : 1_000);
                try {
                    log.append(TextLine.of("line number " + i), Durability.WRITTEN);
                } catch (StoreException full) {
                    // Every third line is to be refused.
                }
            }
        }

        assertThat(told.places).hasSize(20).isEqualTo(placesInFiles(directory));
    }

    @Test
    void shouldNameTheSegmentThatARestartGoesOnIn(@TempDir Path directory) throws Exception {
        try (LogWriter log = new TestLog(directory).open()) {
            log.append(TextLine.of("before"), Durability.WRITTEN);
        }
        Files.writeString(LogFiles.only(directory), "before\ntorn");
        Told told = new Told();

        try (LogWriter log = new TestLog(directory).tellingOf(told).open()) {
            log.append(TextLine.of("after"), Durability.WRITTEN);
        }

        assertThat(told.places).containsExactly(LogFiles.only(directory).getFileName() + " after");
    }

    @Test
    void shouldSayWhichLinesMovedAndTellNoneTwice(@TempDir Path directory) throws Exception {
        Told told = new Told();
        TestLog test = new TestLog(directory).tellingOf(told);
        try (LogWriter log = test.open(test.options().maxSegmentBytes(40).build())) {
            for (int i = 0; i < 30; i++) {
                if (i == 17) {
                    test.disk.failNext(FaultyDisk.Operation.FORCE_DIRECTORY, "Input/output error");
                }
                log.append(TextLine.of("line number " + i), i % 5 == 4 ? Durability.SYNCED : Durability.WRITTEN);
            }
            assertThat(log.statistics().rescuedLines()).isEqualTo(5);
        }

        assertThat(told.places).hasSize(30).isEqualTo(placesInFiles(directory));
    }

    private static List<String> placesInFiles(Path directory) throws Exception {
        List<String> places = new ArrayList<>();
        for (String name : LogFiles.names(directory)) {
            for (String line : LogFiles.linesOf(directory.resolve(name))) {
                places.add(name + " " + line);
            }
        }
        return places;
    }

    /** Writes down each line behind the name of its segment. Told by one thread at a time. */
    private static final class Told implements StoredLines {
        final List<String> places = new ArrayList<>();
        private String segment = "none";

        @Override
        public void segmentBegun(SegmentName begun) {
            segment = begun.fileName();
        }

        @Override
        public void linesMoved(SegmentName from, long count, SegmentName to) {
            String source = from.fileName() + " ";
            int end = places.size();
            while (!places.get(end - 1).startsWith(source)) {
                end--;
            }
            for (int i = end - (int) count; i < end; i++) {
                places.set(i, to.fileName() + " " + places.get(i).substring(source.length()));
            }
        }

        @Override
        public void lineStored(byte[] bytes, int from, int length) {
            places.add(segment + " " + new String(bytes, from, length, StandardCharsets.UTF_8));
        }
    }
}
