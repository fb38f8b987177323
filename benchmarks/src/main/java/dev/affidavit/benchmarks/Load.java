package dev.affidavit.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** Threads that make one call over and over, as fast as it returns. */
final class Load {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Call call;
    private final int threads;
    /** One call in so many is timed: reading the clock must not become part of what is measured. */
    private final int callsPerSample;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private volatile boolean ended;

    Load(Call call, int threads, int callsPerSample) {
        this.call = call;
        this.threads = threads;
        this.callsPerSample = callsPerSample;
    }

    /**
     * Runs the load.
     *
     * @throws ExecutionException with what a call threw
     */
    Outcome run(Duration duration) throws InterruptedException, ExecutionException, BrokenBarrierException {
        ended = false;
        CyclicBarrier start = new CyclicBarrier(threads + 1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Outcome>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit((Callable<Outcome>) () -> callRepeatedly(start)));
            }
            start.await();
            long cpu = process.getProcessCpuTime();
            Thread.sleep(duration.toMillis());
            ended = true;
            Outcome sum = running.get(0).get();
            for (Future<Outcome> other : running.subList(1, threads)) {
                sum = sum.plus(other.get());
            }
            return sum.withCpu(process.getProcessCpuTime() - cpu);
        } finally {
            executor.shutdownNow();
        }
    }

    private Outcome callRepeatedly(CyclicBarrier start) throws Exception {
        Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
        start.await();
        long allocated = thread.getCurrentThreadAllocatedBytes();
        long calls = 0;
        long started = System.nanoTime();
        while (!ended) {
            if (calls % callsPerSample == 0) {
                long before = System.nanoTime();
                call.make();
                latencies.recordValue(System.nanoTime() - before);
            } else {
                call.make();
            }
            calls++;
        }
        long returned = System.nanoTime();
        return new Outcome(calls, started, returned, latencies, thread.getCurrentThreadAllocatedBytes() - allocated, 0);
    }

    /** What came of it: from the start of the first thread to the end of the last one. */
    record Outcome(long calls, long started, long ended, Histogram latencies, long allocatedBytes, long cpuNanos) {
        Outcome plus(Outcome other) {
            Histogram both = latencies.copy();
            both.add(other.latencies);
            return new Outcome(
                    calls + other.calls,
                    started - other.started < 0 ? started : other.started,
                    ended - other.ended > 0 ? ended : other.ended,
                    both,
                    allocatedBytes + other.allocatedBytes,
                    cpuNanos + other.cpuNanos);
        }

        Outcome withCpu(long nanos) {
            return new Outcome(calls, started, ended, latencies, allocatedBytes, nanos);
        }
    }
}
