package dev.affidavit.benchmarks;

import dev.affidavit.store.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One thing to measure: who, how durable, with how many threads. */
record Configuration(Durability durability, int threads, Contender contender) {

    /** All there are for these thread counts, in the order of the report. */
    static List<Configuration> all(List<Integer> threadCounts) {
        List<Configuration> all = new ArrayList<>();
        for (Durability durability : Durability.values()) {
            for (int threads : threadCounts) {
                for (Contender contender : Contender.values()) {
                    if (contender.offers(durability)) {
                        all.add(new Configuration(durability, threads, contender));
                    }
                }
            }
        }
        return all;
    }

    /** What {@code --only} is compared with: {@code written/bare-write}. */
    String name() {
        return durability.name().toLowerCase(Locale.ROOT) + "/" + contender;
    }

    @Override
    public String toString() {
        return "%s, %d %s".formatted(name(), threads, threads == 1 ? "thread" : "threads");
    }
}
