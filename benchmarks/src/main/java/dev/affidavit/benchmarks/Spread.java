package dev.affidavit.benchmarks;

import java.util.List;

/** The middle and the ends of the repetitions. */
record Spread(double median, double lowest, double highest) {

    /** @param values at least one */
    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(size - 1));
    }
}
