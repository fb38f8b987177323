package dev.affidavit.benchmarks;

import java.io.PrintStream;
import java.time.Duration;

/** Tells whoever waits what is being measured, what came of it, and how long the rest will take. */
final class Progress {
    private final PrintStream out;
    private final int repetitions;
    private final int steps;
    private final long started = System.nanoTime();
    private int done;

    Progress(PrintStream out, int repetitions, int configurations) {
        this.out = out;
        this.repetitions = repetitions;
        this.steps = repetitions * configurations;
    }

    void begin(int repetition, Configuration configuration) {
        out.printf("[%d/%d, repetition %d of %d] %s: ", done + 1, steps, repetition, repetitions, configuration);
        out.flush();
    }

    void end(Measurement measurement) {
        done++;
        long seconds = Duration.ofNanos(System.nanoTime() - started).toSeconds() * (steps - done) / done;
        out.printf(
                "%,.0f events/s, %,d lines counted; %d:%02d min left%n",
                measurement.eventsPerSecond(), measurement.allCalls(), seconds / 60, seconds % 60);
    }
}
