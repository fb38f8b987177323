package dev.affidavit.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What the current thread takes from its start on. */
final class ThreadClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long cpu = THREADS.getCurrentThreadCpuTime();
    private final long started = System.nanoTime();

    private ThreadClock() {}

    static ThreadClock start() {
        return new ThreadClock();
    }

    Cost stop(long events, long bytes) {
        return new Cost(events, bytes, System.nanoTime() - started, THREADS.getCurrentThreadCpuTime() - cpu);
    }
}
