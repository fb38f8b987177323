package dev.affidavit.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.affidavit.store.Durability;
import dev.affidavit.store.Line;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import dev.affidavit.store.SealOptions;
import dev.affidavit.store.SealPins;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A log of the same line again and again, and what its writing cost: CPU of the whole process until it is closed, with all
 * forced and, if it is sealed, all sealed; time on the clock until the last call returned.
 *
 * @param pins of a sealed log
 */
record WrittenLog(Path directory, Cost cost, @Nullable SealPins pins) {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Nothing is to be removed before it is verified. */
    private static final int ALL_SEGMENTS = 100_000;

    /** What a log is made of. */
    @FunctionalInterface
    interface Lines {
        /**
         * For a log.
         *
         * @return makes a line for each thread that appends
         */
        Supplier<Line> of(String logId);

        static Lines same(byte[] line) {
            return log -> () -> new SameLine(line);
        }
    }

    static WrittenLog write(Path directory, Lines lines, long events, int threads, @Nullable SealOptions seal)
            throws IOException, InterruptedException, ExecutionException {
        LogOptions options =
                LogOptions.in(directory).maxSegments(ALL_SEGMENTS).seal(seal).build();
        SealPins pins;
        long elapsed;
        long cpu = PROCESS.getProcessCpuTime();
        try (LogWriter log = LogWriter.open(options, LogListener.NONE)) {
            pins = log.sealPins().orElse(null);
            elapsed = append(log, lines.of(log.id()), events / threads, threads);
        }
        long used = PROCESS.getProcessCpuTime() - cpu;
        return new WrittenLog(directory, new Cost(events, bytes(segments(directory)), elapsed, used), pins);
    }

    private static long append(LogWriter log, Supplier<Line> lines, long each, int threads)
            throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long started = System.nanoTime();
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                callers.add(executor.submit(() -> {
                    Line same = lines.get();
                    for (long n = 0; n < each; n++) {
                        log.append(same, Durability.WRITTEN);
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
            return System.nanoTime() - started;
        } finally {
            executor.shutdownNow();
        }
    }

    /** The files of its lines. */
    List<Path> segments() throws IOException {
        return segments(directory);
    }

    private static List<Path> segments(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private static long bytes(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static final class SameLine implements Line {
        private final byte[] bytes;

        SameLine(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int length() {
            return bytes.length;
        }
    }
}
