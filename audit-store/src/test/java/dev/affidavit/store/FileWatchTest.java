package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other programs that meddle with the files of an open log. */
@Timeout(600)
final class FileWatchTest {
    private static final int LINES = 20;

    /** So many that what comes at each place of a look is seen. */
    private static final int ROUNDS_AGAINST_A_LOOK = 300;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestLog log;

    @BeforeEach
    void name() {
        directory = temporary.resolve("log");
        log = new TestLog(directory);
    }

    /** What is done to the file that lines go to, in one step, since a look may come at any time; and how the log calls it. */
    enum Meddling {
        RENAME("removed or renamed", LINES) {
            @Override
            void with(Path file) throws IOException {
                Files.move(file, file.resolveSibling("rotated-by-another-program"));
            }
        },
        REMOVE("removed or renamed", 0) {
            @Override
            void with(Path file) throws IOException {
                Files.delete(file);
            }
        },
        REPLACE_BY_A_COPY("replaced", LINES) {
            @Override
            void with(Path file) throws IOException {
                Path copy = Files.copy(file, file.resolveSibling("copy"));
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
            }
        },
        REPLACE_BY_A_LINK("replaced", 2 * LINES) {
            @Override
            void with(Path file) throws IOException {
                Path kept = Files.createLink(file.resolveSibling("kept"), file);
                Path link = Files.createSymbolicLink(file.resolveSibling("link"), kept);
                Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
            }
        },
        EMPTY("cut", 0) {
            @Override
            void with(Path file) throws IOException {
                cut(file, 0);
            }
        },
        CUT_ONE_BYTE("cut", LINES - 1) {
            @Override
            void with(Path file) throws IOException {
                cut(file, Files.size(file) - 1);
            }
        },
        ADD_A_BYTE("added to", LINES) {
            @Override
            void with(Path file) throws IOException {
                Files.writeString(file, "x", StandardOpenOption.APPEND);
            }
        },
        CHANGE_THE_LAST_LINE("changed", LINES) {
            @Override
            void with(Path file) throws IOException {
                try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                    open.seek(open.length() - 2);
                    open.write('?');
                }
            }
        };

        private final String called;
        /** How many lines are then to be found in the directory; a link shows them twice. */
        private final int kept;

        Meddling(String called, int kept) {
            this.called = called;
            this.kept = kept;
        }

        abstract void with(Path file) throws IOException;

        static void cut(Path file, long length) throws IOException {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.setLength(length);
            }
        }
    }

    private static void append(LogWriter writer, int from, int to) {
        for (int i = from; i < to; i++) {
            writer.append(TextLine.of("line " + i), Durability.WRITTEN);
        }
    }

    /** Returns when housekeeping has looked: a round that had begun may have looked at the file before. */
    private void look(LogWriter writer) {
        int before = log.clock.looks();
        Threads.await("housekeeping looks", () -> {
            writer.reconfigure(writer.options());
            return log.clock.looks() >= before + 2;
        });
    }

    private void awaitTampering(LogWriter writer) {
        writer.reconfigure(writer.options());
        Threads.await("the tampering is told", () -> !log.listener.tamperings.isEmpty());
    }

    /** And not only of the lock. */
    private void awaitTamperingWith(Path segment, LogWriter writer) {
        String name = segment.getFileName().toString();
        Threads.await("tampering with " + name + " is told", () -> {
            writer.reconfigure(writer.options());
            return log.listener.tamperings.stream()
                    .anyMatch(tampering -> tampering.file().equals(name));
        });
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatWasDoneToTheFileAndGoOnInAnother(Meddling meddling) throws IOException {
        LogWriter writer = log.open();
        append(writer, 0, LINES);
        look(writer);
        Path first = LogFiles.only(directory);

        meddling.with(first);
        awaitTampering(writer);
        append(writer, LINES, 2 * LINES);
        look(writer);

        assertThat(log.listener.tamperings).hasSize(1);
        Tampering tampering = log.listener.tamperings.get(0);
        assertThat(tampering.file()).isEqualTo(first.getFileName().toString());
        assertThat(tampering.problem()).contains(first.toString()).contains(meddling.called);
        Path second = directory.resolve(writer.statistics().segment());
        assertThat(second).isNotEqualTo(first);
        writer.close();
        assertThat(LogFiles.linesOf(second)).isEqualTo(lines(LINES, 2 * LINES));
        assertThat(linesEverywhere()).hasSize(meddling.kept + LINES);
        assertThat(log.disk.openFiles()).isZero();
        assertThat(log.disk.journal()).contains("FORCE " + first.getFileName(), "FORCE " + second.getFileName());
    }

    private List<String> linesEverywhere() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
            }
        }
        return lines;
    }

    @Test
    void shouldNoticeAFileThatWasEmptiedThoughLinesCameBehindTheHole() throws IOException {
        LogWriter writer = log.open();
        append(writer, 0, LINES);
        writer.close();
        Path file = LogFiles.only(directory);
        SegmentName segment = SegmentName.parse(file.getFileName().toString()).orElseThrow();
        FileWatch watch = new FileWatch(LogDirectory.existing(directory), new Telling(LogListener.NONE));
        long end = Files.size(file);

        Tampering before = watch.at(segment, end);
        Meddling.cut(file, 0);
        try (RandomAccessFile behind = new RandomAccessFile(file.toFile(), "rw")) {
            behind.seek(end);
            behind.writeBytes("line\n");
        }
        Tampering after = watch.at(segment, Files.size(file));

        assertThat(before).isNull();
        assertThat(after).isNotNull();
        assertThat(after).extracting(Tampering::problem).asString().contains("changed");
    }

    @Test
    void shouldNotTakeAnotherFileThatComesWhileItLooksForThisOneCut() throws Exception {
        try (LogWriter writer = log.open()) {
            append(writer, 0, LINES);
        }
        Path file = LogFiles.only(directory);
        SegmentName segment = SegmentName.parse(file.getFileName().toString()).orElseThrow();
        long end = Files.size(file);
        for (int round = 0; round < ROUNDS_AGAINST_A_LOOK; round++) {
            FileWatch watch = new FileWatch(LogDirectory.existing(directory), new Telling(LogListener.NONE));
            assertThat(watch.at(segment, end)).isNull();
            Path kept = Files.copy(file, temporary.resolve("kept"), StandardCopyOption.REPLACE_EXISTING);
            Path shorter = Files.writeString(file.resolveSibling("shorter"), "x");

            FutureTask<Path> replaced =
                    Threads.start("replaces", () -> Files.move(shorter, file, StandardCopyOption.ATOMIC_MOVE));
            Tampering found = null;
            while (found == null) {
                found = watch.at(segment, end);
            }

            assertThat(found.problem()).contains("replaced");
            Threads.get(replaced);
            Files.move(kept, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Test
    void shouldLookAsWellOnTheThreadOfACallerThatIsInterrupted() throws IOException {
        LogWriter writer = log.open();
        append(writer, 0, LINES);
        writer.close();
        Path file = LogFiles.only(directory);
        SegmentName segment = SegmentName.parse(file.getFileName().toString()).orElseThrow();
        FileWatch watch = new FileWatch(LogDirectory.existing(directory), new Telling(LogListener.NONE));
        long end = Files.size(file);

        Thread.currentThread().interrupt();
        Tampering first = watch.at(segment, end);
        Tampering second = watch.at(segment, end);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(first).isNull();
        assertThat(second).isNull();
    }

    @Test
    void shouldNoticeAFileThatWasTakenAwayThoughAnotherWasBegunSince() throws IOException {
        LogOptions small = log.options().maxSegmentBytes(1024).build();
        try (LogWriter writer = log.open(small)) {
            append(writer, 0, 1);
            look(writer);
            Path first = LogFiles.only(directory);

            Files.move(first, temporary.resolve("elsewhere"));
            writer.append(TextLine.padded("large", 1024), Durability.WRITTEN);

            Threads.await("the tampering is told", () -> !log.listener.tamperings.isEmpty());
            look(writer);
            assertThat(log.listener.tamperings)
                    .containsExactly(new Tampering(first.getFileName().toString(), first + " was removed or renamed"));
        }
    }

    /** The other may be begun between the look at the one that was left and the look at the one that takes lines. */
    @Test
    void shouldNotForgetAFileForOneThatWasBegunMeanwhile() throws IOException {
        log.open().close();
        Path first = Files.createFile(directory.resolve("security_audit_2026-11-21_11-00-00.log"));
        Path second = Files.createFile(directory.resolve("security_audit_2026-11-21_11-00-01.log"));
        FileWatch watch = new FileWatch(LogDirectory.existing(directory), new Telling(LogListener.NONE));
        assertThat(watch.at(name(first), 0)).isNull();
        Files.delete(first);

        assertThat(watch.at(name(second), 0)).isNull();

        RotatedSegments rotated = new RotatedSegments(List.of(new RotatedSegment(name(first), 0, TestLog.START)));
        assertThat(watch.atFileLeft(name(second), rotated))
                .isEqualTo(new Tampering(first.getFileName().toString(), first + " was removed or renamed"));
        assertThat(watch.at(name(second), 0)).isNull();
        Files.delete(second);
        assertThat(watch.at(name(second), 0)).isNotNull();
    }

    private static SegmentName name(Path file) {
        return SegmentName.parse(file.getFileName().toString()).orElseThrow();
    }

    @Test
    void shouldShowAReaderTheLinesBeforeAndAfter() throws IOException {
        try (LogWriter writer = log.open();
                LogReader reader = LogReader.fromOldest(directory)) {
            append(writer, 0, LINES);
            assertThat(LogFiles.texts(reader.read(1, 1))).isEqualTo(lines(0, 1));
            look(writer);

            Files.move(LogFiles.only(directory), temporary.resolve("elsewhere"));
            append(writer, LINES, LINES + 1);
            awaitTampering(writer);
            append(writer, LINES + 1, LINES + 2);

            assertThat(LogFiles.texts(reader.read(100, 10_000))).isEqualTo(lines(1, LINES + 2));
        }
    }

    @Test
    void shouldRefuseLinesWhileTheDirectoryIsElsewhere() throws IOException {
        Path elsewhere = temporary.resolve("elsewhere");
        LogWriter writer = log.open();
        append(writer, 0, LINES);
        look(writer);
        Path first = LogFiles.only(directory);

        Files.move(directory, elsewhere);
        awaitTamperingWith(first, writer);

        assertThatThrownBy(() -> append(writer, LINES, LINES + 1))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(directory + " was removed or renamed. Put it back, or open the log again");

        Files.move(elsewhere, directory);
        append(writer, LINES + 1, LINES + 2);
        writer.close();
        assertThat(LogFiles.linesOf(first)).isEqualTo(lines(0, LINES));
        assertThat(LogFiles.linesOf(LogFiles.last(directory))).isEqualTo(lines(LINES + 1, LINES + 2));
    }

    @Test
    void shouldMakeNothingInADirectoryThatCameToItsPlace() throws IOException {
        LogWriter writer = log.open(log.options().maxSegmentBytes(1024).build());
        append(writer, 0, LINES);
        Path elsewhere = Files.move(directory, temporary.resolve("elsewhere"));
        Files.createDirectory(directory);

        assertThatThrownBy(() -> writer.append(TextLine.padded("large", 1024), Durability.WRITTEN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("was replaced");

        assertThat(directory).isEmptyDirectory();
        writer.close();
        assertThat(LogFiles.lines(elsewhere)).isEqualTo(lines(0, LINES));
    }

    @Test
    void shouldRefuseLinesOnceItsFilesWereRemovedWithTheDirectory() throws IOException {
        LogWriter writer = log.open();
        append(writer, 0, LINES);
        look(writer);
        Path segment = LogFiles.only(directory);
        removeAll(directory);

        awaitTamperingWith(segment, writer);

        assertThatThrownBy(() -> append(writer, LINES, LINES + 1)).isInstanceOf(StoreException.class);
        writer.close();
        assertThat(directory).doesNotExist();
    }

    private static void removeAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void shouldSayOnceThatAnotherProcessCouldWrite() throws IOException {
        try (LogWriter writer = log.open()) {
            append(writer, 0, LINES);
            look(writer);

            Files.delete(directory.resolve(".affidavit/lock"));
            awaitTampering(writer);
            look(writer);

            assertThat(log.listener.tamperings).hasSize(1);
            assertThat(log.listener.tamperings.get(0).problem()).contains("restart");
            append(writer, LINES, 2 * LINES);
        }
        assertThat(LogFiles.lines(directory)).isEqualTo(lines(0, 2 * LINES));
    }

    @Test
    void shouldSayAgainWhatWasNotHeard() throws IOException {
        AtomicBoolean deaf = new AtomicBoolean(true);
        LogListener listener = new LogListener() {
            @Override
            public void tampered(Tampering tampering) {
                if (deaf.getAndSet(false)) {
                    throw new StoreException("not recorded");
                }
                log.listener.tampered(tampering);
            }
        };
        try (LogWriter writer = LogWriter.open(log.options().build(), listener, log.environment())) {
            append(writer, 0, 1);
            look(writer);
            Files.delete(LogFiles.only(directory));
            look(writer);
            awaitTampering(writer);
            look(writer);
        }

        assertThat(log.listener.tamperings).hasSize(1);
    }

    @Test
    void shouldNoticeAtTheLatestWhenItIsClosed() throws IOException {
        LogWriter writer = log.open();
        append(writer, 0, 1);
        look(writer);
        Files.delete(LogFiles.only(directory));

        writer.close();

        assertThat(log.listener.tamperings).hasSize(1);
    }

    /** Full disks, refused forces, rotation and retention change the file too; the log does that itself. */
    @Test
    void shouldRaiseNoFalseAlarm() throws Exception {
        LogOptions options = log.options()
                .maxSegmentBytes(4096)
                .maxSegments(3)
                .forceAfterLines(20)
                .forceInterval(Duration.ofMillis(1))
                .build();
        Random random = new Random(4);
        int recorded = 0;
        for (int start = 0; start < 3; start++) {
            try (LogWriter writer = log.open(options)) {
                AtomicBoolean done = new AtomicBoolean();
                var nudging = Threads.start("nudging", () -> {
                    while (!done.get()) {
                        writer.reconfigure(options);
                    }
                    return null;
                });
                for (int i = 0; i < 3000; i++) {
                    if (i % 1500 == 0) {
                        log.disk.failNext(FaultyDisk.Operation.FORCE, "EIO");
                        append(writer, i, i + 1); // behind that, so that a force for it is still to come
                        writer.sync(); // a disk that is full besides would end the log
                    }
                    if (i % 100 == 50) {
                        log.disk.leaveFree(random.nextInt(300));
                    } else if (i % 100 == 60) {
                        log.disk.leaveFree(Long.MAX_VALUE / 2);
                    }
                    try {
                        append(writer, i, i + 1);
                        recorded++;
                    } catch (StoreException full) {
                        // Nothing of it is in the file.
                    }
                }
                log.disk.leaveFree(Long.MAX_VALUE / 2);
                done.set(true);
                Threads.get(nudging);
            }
        }

        assertThat(recorded).isGreaterThan(6000);
        assertThat(log.listener.rescued).hasSizeGreaterThan(3);
        assertThat(log.listener.removals).isNotEmpty();
        assertThat(log.listener.tamperings).isEmpty();
        assertThat(String.join("\n", LogFiles.lines(directory)).getBytes(StandardCharsets.UTF_8))
                .doesNotContain((byte) 0);
    }
}
