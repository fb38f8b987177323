package dev.affidavit.benchmarks;

/**
 * What one process measured of one configuration. Latencies are those of the sampled calls, each from just before the
 * call to just after it.
 *
 * @param warmUpCalls made before the clock ran; their lines are in the file too
 */
record Measurement(
        long warmUpCalls, long calls, long elapsedNanos, long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos) {

    double eventsPerSecond() {
        return calls * 1e9 / elapsedNanos;
    }

    long allCalls() {
        return warmUpCalls + calls;
    }
}
