package dev.affidavit.benchmarks;

/**
 * What became of a number of events.
 *
 * @param elapsedNanos on the clock
 * @param cpuNanos of all threads that worked for it
 */
record Cost(long events, long bytes, long elapsedNanos, long cpuNanos) {
    double eventsPerSecond() {
        return events * 1e9 / elapsedNanos;
    }

    double cpuMicrosPerEvent() {
        return cpuNanos / 1e3 / events;
    }

    /** MB are 10^6 bytes. */
    double megabytesPerCpuSecond() {
        return bytes * 1e3 / cpuNanos;
    }
}
