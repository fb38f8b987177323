package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A log and a few callers. Each line is stamped in the turn with the next number: from a field that nothing else guards, so that two at once, or
 * a line out of its order, are seen in the file.
 */
final class CommitRun {
    private static final int MOST_CALLS = 40;

    private final Path directory;
    private final Random random;
    private final ForcedLines disk = new ForcedLines();
    private final TestLog log;

    /** Told by the log, to one thread at a time; read when it is closed. */
    private final List<String> hashed = new ArrayList<>();

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    /** Guarded by the writer's turn. */
    private int settled;

    CommitRun(Path directory, long seed) {
        this.directory = directory;
        this.random = new Random(seed);
        this.log = new TestLog(directory).tellingOf(new Hashed());
    }

    /** Tells how many lines were acknowledged. */
    int go() throws Exception {
        LogOptions options = log.options()
                .forceAfterLines(1 + random.nextInt(20))
                .maxSegmentBytes(random.nextBoolean() ? 200 : 1 << 20)
                .maxSegments(10_000)
                .build();
        int threads = 3 + random.nextInt(2);
        long[] seeds = random.longs(threads).toArray();
        int closesAfter = random.nextInt(MOST_CALLS);
        LogWriter writer = LogWriter.open(options, log.listener, log.environment(disk));
        Threads.run(threads, thread -> {
            if (thread == 0) {
                call(writer, new Random(seeds[thread]), closesAfter);
                writer.close();
                requireClosed(writer);
            } else {
                call(writer, new Random(seeds[thread]), MOST_CALLS);
            }
        });
        requireAll();
        return acknowledged.size();
    }

    private void call(LogWriter writer, Random own, int calls) {
        try {
            for (int i = 0; i < calls; i++) {
                call(writer, own.nextInt(10));
            }
        } catch (LogClosedException e) {
            requireClosed(writer);
        }
    }

    private void call(LogWriter writer, int what) {
        switch (what) {
            case 0, 1 -> sync(writer);
            case 2 -> writer.reconfigure(writer.options());
            case 3, 4, 5 -> {
                String text = append(writer, Durability.SYNCED);
                requireForced(text);
                acknowledged.add(text);
            }
            default -> acknowledged.add(append(writer, Durability.WRITTEN));
        }
    }

    private void sync(LogWriter writer) {
        List<String> before = List.copyOf(acknowledged);
        writer.sync();
        before.forEach(this::requireForced);
    }

    private String append(LogWriter writer, Durability durability) {
        Numbered line = new Numbered();
        writer.append(line, durability);
        return line.text();
    }

    private void requireForced(String text) {
        if (!disk.contains(text)) {
            throw new AssertionError(text + " is not forced");
        }
    }

    private void requireClosed(LogWriter writer) {
        for (Durability durability : Durability.values()) {
            assertThatThrownBy(() -> append(writer, durability)).isInstanceOf(LogClosedException.class);
        }
    }

    private void requireAll() throws Exception {
        List<String> stored = LogFiles.lines(directory);
        List<String> expected = new ArrayList<>();
        for (int number = 1; number <= settled; number++) {
            expected.add("line-" + number);
        }
        assertThat(stored).as("the file").isEqualTo(expected);
        assertThat(hashed).as("what was hashed").isEqualTo(expected);
        assertThat(acknowledged).as("what was acknowledged").containsExactlyInAnyOrderElementsOf(expected);
        assertThat(expected).as("forced by closing").allMatch(disk::contains);
    }

    private final class Numbered implements Line {
        private byte[] bytes = {};

        @Override
        public void settle() {
            settled++;
            bytes = ("line-" + settled + "\n").getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int length() {
            return bytes.length;
        }

        String text() {
            return new String(bytes, 0, bytes.length - 1, StandardCharsets.US_ASCII);
        }
    }

    private final class Hashed implements StoredLines {
        @Override
        public void lineStored(byte[] bytes, int from, int length) {
            hashed.add(new String(bytes, from, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void segmentBegun(SegmentName segment) {
            // the lines are enough
        }

        @Override
        public void linesMoved(SegmentName from, long count, SegmentName to) {
            throw new AssertionError("no force was refused");
        }
    }
}
