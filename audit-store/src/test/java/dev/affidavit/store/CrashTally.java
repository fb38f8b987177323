package dev.affidavit.store;

import java.util.concurrent.atomic.LongAdder;

/** How many crashes were played through. Thread-safe. */
final class CrashTally {
    private final LongAdder begun = new LongAdder();
    private final LongAdder removed = new LongAdder();
    private final LongAdder kills = new LongAdder();
    private final LongAdder torn = new LongAdder();
    private final LongAdder powerCuts = new LongAdder();
    private final LongAdder recovering = new LongAdder();

    /** Counts the segments that were begun and removed. */
    void recorded(Recording recording) {
        for (Recording.Moment moment : recording.moments()) {
            if (moment.step() instanceof Step.Created created && Names.isSegment(created.name())) {
                begun.increment();
            } else if (moment.step() instanceof Step.Removed gone && Names.isSegment(gone.name())) {
                removed.increment();
            }
        }
    }

    /**
     * Counts a crash that was survived.
     *
     * @param inWrite whether a write was half done
     * @param inRecovery whether the log was being opened after another crash
     */
    void count(Crash crash, boolean inWrite, boolean inRecovery) {
        if (crash == Crash.POWER_CUT) {
            powerCuts.increment();
        } else if (inWrite) {
            torn.increment();
        } else {
            kills.increment();
        }
        if (inRecovery) {
            recovering.increment();
        }
    }

    void add(CrashTally other) {
        begun.add(other.begun.sum());
        removed.add(other.removed.sum());
        kills.add(other.kills.sum());
        torn.add(other.torn.sum());
        powerCuts.add(other.powerCuts.sum());
        recovering.add(other.recovering.sum());
    }

    long all() {
        return kills.sum() + torn.sum() + powerCuts.sum();
    }

    @Override
    public String toString() {
        return "%,4d segments, %,4d removed: %,7d kills %,7d torn writes %,8d power cuts (%,7d of all while recovering) %,8d in all"
                .formatted(
                        begun.sum(), removed.sum(), kills.sum(), torn.sum(), powerCuts.sum(), recovering.sum(), all());
    }
}
