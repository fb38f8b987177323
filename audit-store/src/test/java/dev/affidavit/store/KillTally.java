package dev.affidavit.store;

import java.util.Optional;

/** What came of killed processes. Thread-safe. */
final class KillTally {
    // Guarded by this.
    private int opening;
    private int writing;
    private int closing;
    private int ended;
    private int recoveries;
    private int torn;
    private long acknowledged;
    private long begun;
    private long removed;

    synchronized void killed(KillLedger ledger, boolean byItself) {
        acknowledged += ledger.order().size();
        if (byItself) {
            ended++;
        } else if (ledger.state().equals(KillLedger.OPENING)) {
            opening++;
        } else if (ledger.state().equals(KillLedger.OPENED)) {
            writing++;
        } else {
            closing++;
        }
    }

    synchronized void recovered(Optional<Recovery> recovery) {
        recoveries++;
        torn += recovery.isPresent() ? 1 : 0;
    }

    synchronized void ended(KilledLog log) {
        begun += log.begun();
        removed += log.removed();
    }

    synchronized int kills() {
        return opening + writing + closing;
    }

    @Override
    public synchronized String toString() {
        return ("%,6d kills: %,5d opening, %,5d writing, %,4d closing (%d ended before); %,10d acknowledged lines,"
                        + " %,7d segments, %,7d removed; %,5d recovered here, %d torn tails")
                .formatted(kills(), opening, writing, closing, ended, acknowledged, begun, removed, recoveries, torn);
    }
}
