package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log of thousands of segments: what a reader does for each of them must not grow with how many there are. */
final class ManySegmentsTest {
    private static final int BATCH = 500;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Timeout(600)
    @Test
    void shouldReadAThousand() {
        readAll(1000);
    }

    @Tag("campaign")
    @Timeout(480)
    @Test
    void shouldReadTenThousand() {
        readAll(10_000);
    }

    private void readAll(int segments) {
        TestLog log = new TestLog(directory);
        LogOptions each =
                log.options().maxSegmentBytes(1).maxSegments(1_000_000).build();
        try (LogWriter writer = LogWriter.open(each, LogListener.NONE, log.environment(new UnforcedDisk()))) {
            for (int i = 0; i < segments; i++) {
                writer.append(TextLine.of("line " + i), Durability.WRITTEN);
            }
            List<String> read = new ArrayList<>();
            try (LogReader reader = LogReader.fromOldest(directory)) {
                long begin = System.nanoTime();
                while (read.size() < segments) {
                    read.addAll(LogFiles.texts(reader.read(BATCH, Integer.MAX_VALUE)));
                }
                Duration all = Duration.ofNanos(System.nanoTime() - begin);
                begin = System.nanoTime();
                assertThat(reader.read(1, 1)).isEmpty();
                Duration poll = Duration.ofNanos(System.nanoTime() - begin);
                System.out.printf(
                        "%d segments: read in %d ms, a poll at the end takes %.1f ms%n",
                        segments, all.toMillis(), poll.toNanos() / 1e6);
            }
            for (int i = 0; i < segments; i++) {
                assertThat(read.get(i)).isEqualTo("line " + i);
            }
            assertThat(read).hasSize(segments);
        }
    }
}
