package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that is closed while callers append: each call is in the file and returned, or is not and threw. */
final class CloseUnderLoadTest {
    private static final int THREADS = 64;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Timeout(300)
    @Test
    void shouldAcknowledgeOrRefuseEveryCall() throws Exception {
        close(5);
    }

    @Tag("campaign")
    @Timeout(480)
    @Test
    void shouldAcknowledgeOrRefuseEveryCallManyTimes() throws Exception {
        close(500);
    }

    private void close(int rounds) throws Exception {
        long acknowledged = 0;
        for (int round = 0; round < rounds; round++) {
            TestLog log = new TestLog(directory.resolve("log-" + round));
            // Early and late, so that it meets the first lines too, and many files.
            acknowledged += close(log, round % 5 == 0 ? 1 : 500 * (round % 5));
        }
        System.out.printf("%d logs closed under %d threads, %d lines acknowledged%n", rounds, THREADS, acknowledged);
    }

    private static long close(TestLog log, int afterLines) throws Exception {
        LogWriter writer = log.open(log.options()
                .maxSegmentBytes(16 * 1024)
                .maxSegments(10_000)
                .forceAfterLines(100)
                .build());
        AtomicLong returned = new AtomicLong();
        List<FutureTask<List<String>>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Durability durability = i % 2 == 0 ? Durability.WRITTEN : Durability.SYNCED;
            String name = "caller-" + i;
            callers.add(Threads.start(name, () -> callUntilRefused(writer, name, durability, returned)));
        }
        Threads.await("there is load", () -> returned.get() >= afterLines);

        writer.close();

        List<String> acknowledged = new ArrayList<>();
        for (FutureTask<List<String>> caller : callers) {
            acknowledged.addAll(Threads.get(caller));
        }
        requireStored(log, acknowledged);
        assertThat(writer.statistics().written()).isEqualTo(acknowledged.size());
        assertThat(writer.statistics().unforced()).isZero();
        assertThat(log.disk.openFiles()).isZero();
        return acknowledged.size();
    }

    private static List<String> callUntilRefused(
            LogWriter writer, String name, Durability durability, AtomicLong returned) {
        List<String> acknowledged = new ArrayList<>();
        while (true) {
            String text = name + "-" + acknowledged.size();
            try {
                writer.append(TextLine.of(text), durability);
            } catch (LogClosedException e) { // nothing else may be thrown
                return acknowledged;
            }
            acknowledged.add(text);
            returned.incrementAndGet();
        }
    }

    private static void requireStored(TestLog log, List<String> acknowledged) throws IOException {
        List<String> stored = new ArrayList<>(LogFiles.lines(log.directory));
        Collections.sort(stored);
        Collections.sort(acknowledged);
        if (!stored.equals(acknowledged)) { // a hundred thousand lines say nothing to anybody
            int at = Arrays.mismatch(stored.toArray(), acknowledged.toArray());
            assertThat(stored.subList(at, Math.min(at + 3, stored.size())))
                    .as("of %d lines stored, beside the acknowledged %d", stored.size(), acknowledged.size())
                    .isEqualTo(acknowledged.subList(at, Math.min(at + 3, acknowledged.size())));
        }
    }
}
