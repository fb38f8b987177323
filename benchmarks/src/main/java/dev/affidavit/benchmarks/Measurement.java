package dev.affidavit.benchmarks;

/**
 * What one process measured of one configuration. Latencies are those of the sampled calls, each from just before the
 * call to just after it.
 *
 * @param warmUpCalls made before the clock ran; their lines are in the file too
 * @param allocatedBytes by the threads that called
 * @param cpuNanos of the whole process, its forcing and compiling threads included
 */
record Measurement(
        long warmUpCalls,
        long calls,
        long elapsedNanos,
        long p50Nanos,
        long p99Nanos,
        long p999Nanos,
        long maxNanos,
        long allocatedBytes,
        long cpuNanos) {

    double eventsPerSecond() {
        return calls * 1e9 / elapsedNanos;
    }

    double allocatedBytesPerEvent() {
        return (double) allocatedBytes / calls;
    }

    double cpuMicrosPerEvent() {
        return cpuNanos / 1e3 / calls;
    }

    long allCalls() {
        return warmUpCalls + calls;
    }
}
