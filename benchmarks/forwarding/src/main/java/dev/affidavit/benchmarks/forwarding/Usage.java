package dev.affidavit.benchmarks.forwarding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What a process used, from its start until all had arrived.
 *
 * @param peakBytes the most memory that it had
 */
record Usage(double seconds, double cpuSeconds, long peakBytes) {
    private static final double NANOS = 1e9;
    /** USER_HZ, which the kernel's ABI fixes at 100 on every platform that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;
    /** Of what stands behind the name in /proc/PID/stat: see proc(5), fields 14 and 15. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;
    private static final long LIMIT_NANOS = 1_200_000_000_000L;

    /** Starts the sender, and ends it when all has arrived. */
    static Usage of(List<String> command, Path output, Receiver receiver, int events) throws IOException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            while (receiver.count() < events) {
                if (!process.isAlive() || System.nanoTime() - start > LIMIT_NANOS) {
                    throw new IllegalStateException(
                            "expected all events to arrive; the sender said:\n" + Files.readString(output));
                }
                LockSupport.parkNanos(receiver.interval().toNanos());
            }
            return new Usage((System.nanoTime() - start) / NANOS, cpuSeconds(process.pid()), peakBytes(process.pid()));
        } finally {
            process.destroyForcibly();
        }
    }

    private static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND;
    }

    private static long peakBytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
