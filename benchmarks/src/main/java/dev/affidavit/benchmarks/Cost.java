package dev.affidavit.benchmarks;

/**
 * What became of a number of events.
 *
 * @param elapsedNanos on the clock
 * @param cpuNanos of all threads that worked for it
 */
record Cost(long events, long bytes, long elapsedNanos, long cpuNanos) {
    static final Cost NONE = new Cost(0, 0, 0, 0);

    Cost plus(Cost other) {
        return new Cost(
                events + other.events,
                bytes + other.bytes,
                elapsedNanos + other.elapsedNanos,
                cpuNanos + other.cpuNanos);
    }

    double eventsPerSecond() {
        return events * 1e9 / elapsedNanos;
    }

    double cpuMicrosPerEvent() {
        return cpuNanos / 1e3 / events;
    }

    double bytesPerEvent() {
        return (double) bytes / events;
    }

    /** MB are 10^6 bytes. */
    double megabytesPerCpuSecond() {
        return bytes * 1e3 / cpuNanos;
    }
}
