package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers whose stacks come to their ends at any place in the log. */
@Timeout(300)
final class DeepStackTest {
    private static final int ROUNDS = 15;
    private static final int CALLS = 150;
    private static final int STACK_BYTES = 256 * 1024;

    @TempDir
    Path directory;

    private final List<String> hashed = Collections.synchronizedList(new ArrayList<>());
    private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final List<String> refused = Collections.synchronizedList(new ArrayList<>());

    @Test
    void shouldNeitherHangNorLoseWhatItAcknowledged() throws Exception {
        TestLog log = new TestLog(directory).tellingOf(new Hashed());
        try (LogWriter writer = log.open(log.options().maxSegmentBytes(20_000).build())) {
            // What a call needs is linked where there is room: a failure to link it is remembered for ever.
            new Deep(writer, ROUNDS).call();
            for (int round = 0; round < ROUNDS; round++) {
                Deep deep = new Deep(writer, round);
                Thread thread = new Thread(null, () -> deep.go(0), "deep", STACK_BYTES + round % 16 * 16);
                thread.start();
                append(writer, "beside " + round);
                thread.join();
            }
            append(writer, "last");
        }

        List<String> lines = LogFiles.lines(directory);
        assertThat(lines).doesNotHaveDuplicates().containsAll(acknowledged).endsWith("last");
        assertThat(refused).isNotEmpty().doesNotContainAnyElementsOf(lines);
        assertThat(hashed).isEqualTo(lines);
    }

    private void append(LogWriter writer, String text) {
        writer.append(TextLine.of(text), Durability.WRITTEN);
        acknowledged.add(text);
    }

    /** Comes to the end of its stack, and calls on each of its last levels. */
    private final class Deep {
        private final LogWriter writer;
        private final int round;
        private int calls;

        Deep(LogWriter writer, int round) {
            this.writer = writer;
            this.round = round;
        }

        @SuppressWarnings("InfiniteRecursion")
        void go(int depth) {
            try {
                go(depth + 1);
            } catch (StackOverflowError e) {
                // This is where it is to go on.
            }
            if (calls < CALLS) {
                calls++;
                call();
            }
        }

        private void call() {
            String text = round + " " + calls;
            try {
                writer.append(TextLine.of(text), Durability.WRITTEN);
                acknowledged.add(text);
            } catch (StackOverflowError | StoreException | NoClassDefFoundError e) {
                refused.add(text);
            }
        }
    }

    private final class Hashed implements StoredLines {
        @Override
        public void segmentBegun(SegmentName segment) {}

        @Override
        public void lineStored(byte[] bytes, int from, int length) {
            hashed.add(new String(bytes, from, length, StandardCharsets.UTF_8));
        }

        @Override
        public void linesMoved(SegmentName from, long count, SegmentName to) {}
    }
}
