package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write, and what is in the log afterwards. */
final class KillTest {
    private static final int THREADS = 4;
    private static final int MAX_SEGMENT_BYTES = 512 * 1024;

    @Test
    @Timeout(120)
    void shouldKeepEveryAcknowledgedLineOfAKilledProcess(@TempDir Path directory) throws Exception {
        killAndCheck(directory, 5);
    }

    @Test
    @Tag("campaign")
    @Timeout(1_800)
    void shouldKeepEveryAcknowledgedLineOfAHundredKilledProcesses(@TempDir Path directory) throws Exception {
        killAndCheck(directory, 100);
    }

    /** Rounds share a log, so that each one also begins with what the kill before it left. */
    private static void killAndCheck(Path directory, int rounds) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long acknowledged = 0;
        int torn = 0;
        Path log = directory.resolve("log-0");
        for (int round = 0; round < rounds; round++) {
            if (round % 5 == 0) {
                log = directory.resolve("log-" + round);
            }
            Path acks = directory.resolve("acks-" + round);
            killAtRandom(log, acks, round, random);

            try (LogWriter writer = LogWriter.open(options(log), LogListener.NONE)) {
                torn += writer.recovery().isPresent() ? 1 : 0;
            }
            acknowledged += check(log, acks, round, "seed %d, round %d".formatted(seed, round));
        }
        System.out.printf("%d kills, %d acknowledged lines, %d torn tails%n", rounds, acknowledged, torn);
        assertThat(acknowledged).isPositive();
    }

    private static void killAtRandom(Path log, Path acks, int round, Random random) throws Exception {
        Process process = new ProcessBuilder(ChildJvm.command(AppendingMain.class, log, round, random.nextLong()))
                .redirectOutput(acks.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long bytes = random.nextInt(100_000);
        Threads.await("the other process has written", () -> acks.toFile().length() > bytes || !process.isAlive());
        LockSupport.parkNanos(random.nextInt((int) Duration.ofMillis(5).toNanos()));
        assertThat(process.isAlive()).as("it writes until it is killed").isTrue();
        process.destroyForcibly().waitFor();
    }

    /** Each thread wrote 0, 1, 2 …: in the log are all that it acknowledged and at most the one it was at when it died. */
    private static long check(Path log, Path acks, int round, String what) throws IOException {
        Map<Integer, Integer> acknowledged = new TreeMap<>();
        for (String ack : finishedLines(acks)) {
            String[] words = ack.split(" ", -1);
            int thread = Integer.parseInt(words[0]);
            int number = Integer.parseInt(words[1]);
            assertThat(number).as(what).isEqualTo(acknowledged.getOrDefault(thread, -1) + 1);
            acknowledged.put(thread, number);
        }
        Map<Integer, Integer> stored = new TreeMap<>();
        for (String line : LogFiles.lines(log)) {
            String[] words = line.split(" ", -1);
            if (Integer.parseInt(words[0]) == round) {
                int thread = Integer.parseInt(words[1]);
                int number = Integer.parseInt(words[2]);
                assertThat(number).as(what).isEqualTo(stored.getOrDefault(thread, -1) + 1);
                stored.put(thread, number);
            }
            assertThat(line.length() + 1)
                    .as("%s: length of %s %s %s", what, words[0], words[1], words[2])
                    .isEqualTo(Integer.parseInt(words[3]));
        }
        acknowledged.forEach((thread, last) ->
                assertThat(stored.getOrDefault(thread, -1)).as(what).isBetween(last, last + 1));
        return acknowledged.values().stream().mapToLong(last -> last + 1).sum();
    }

    private static List<String> finishedLines(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static LogOptions options(Path log) {
        return LogOptions.in(log)
                .maxSegmentBytes(MAX_SEGMENT_BYTES)
                .maxSegments(100_000)
                .lockTimeout(Duration.ZERO)
                .build();
    }

    /** Appends until it is killed, and writes an acknowledgement of each call that returned. */
    static final class AppendingMain {
        private AppendingMain() {}

        public static void main(String[] arguments) throws Exception {
            int round = Integer.parseInt(arguments[1]);
            long seed = Long.parseLong(arguments[2]);
            List<Thread> threads = new ArrayList<>();
            try (LogWriter log = LogWriter.open(options(Path.of(arguments[0])), LogListener.NONE);
                    FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
                for (int thread = 0; thread < THREADS; thread++) {
                    int number = thread;
                    threads.add(new Thread(() -> append(log, out, round, number, new Random(seed + number))));
                }
                threads.forEach(Thread::start);
                for (Thread thread : threads) {
                    thread.join();
                }
            }
        }

        private static void append(LogWriter log, FileOutputStream out, int round, int thread, Random random) {
            try {
                for (int i = 0; ; i++) {
                    // Long lines too: the kernel may stop within one when it kills the process.
                    int length =
                            random.nextInt(200) == 0 ? 100_000 + random.nextInt(300_000) : 40 + random.nextInt(400);
                    String text = "%d %d %d %d".formatted(round, thread, i, length);
                    log.append(TextLine.padded(text, length), Durability.WRITTEN);
                    out.write("%d %d\n".formatted(thread, i).getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
