package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines come in for ever as fast as they are hashed. */
@Timeout(300)
final class ForcesUnderLoadTest {
    private static final int FORCES = 20;

    /** Callers stop if nothing is hashed: no longer than this. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Where no line waits for a device, or more would come during each force than in the one before. */
    @TempDir(factory = InMemory.class)
    Path directory;

    /** Null until it is open. */
    private volatile @Nullable LogWriter writer;

    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void shouldForceThough() throws Exception {
        TestLog log = new TestLog(directory).tellingOf(new NeverDone());
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try (LogWriter opened = log.open(log.options().forceAfterLines(100).build())) {
            writer = opened;
            for (int i = 0; i < 2; i++) {
                callers.execute(() -> {
                    while (!ended.get()) {
                        opened.append(TextLine.padded("line", 400), Durability.WRITTEN);
                    }
                });
            }
            while (opened.statistics().forces() < FORCES) {
                LockSupport.parkNanos(100_000);
            }
            ended.set(true);
            callers.shutdown();
            assertThat(callers.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** Hashes no line before two more are written, if they are not long in coming. */
    private final class NeverDone implements StoredLines {
        private long lines;

        @Override
        public void segmentBegun(SegmentName segment) {}

        @Override
        public void lineStored(byte[] bytes, int from, int length) {
            lines++;
            LogWriter of = writer;
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (of != null
                    && Thread.currentThread().getName().startsWith("affidavit-force")
                    && !ended.get()
                    && of.written() < lines + 2
                    && System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void linesMoved(SegmentName from, long count, SegmentName to) {}
    }
}
