package dev.affidavit.acceptance;

import java.util.ArrayList;
import java.util.List;

/** What many power cuts did, as a row of a table. Not thread-safe. */
final class PowerTally {
    private static final String ROW = "| %-27s | %5s | %9s | %9s | %7s | %9s | %8s | %8s | %8s | %7s | %7s | %6s |%n";

    final String name;
    final List<String> violations = new ArrayList<>();
    int cuts;
    int acknowledged;
    int synced;
    int syncedMissing;
    /** Acknowledged as written, and gone. */
    int lost;

    int mostLost;
    /** Of one cut: acknowledged as written since the last force began that is known to have ended. */
    int mostAtRisk;
    /** Of these, what had come after that force had ended: bufferSize, and what arrives while the next one runs. */
    int mostBehind;

    int torn;
    int cursors;
    int received;

    PowerTally(String name) {
        this.name = name;
    }

    static String head() {
        return ROW.formatted(
                "cuts",
                "cuts",
                "acked",
                "synced",
                "missing",
                "lost, all",
                "lost,max",
                "at risk",
                "behind",
                "torn",
                "cursors",
                "wrong");
    }

    @Override
    public String toString() {
        return ROW.formatted(
                name,
                cuts,
                acknowledged,
                synced,
                syncedMissing,
                lost,
                mostLost,
                mostAtRisk,
                mostBehind,
                torn,
                cursors,
                violations.size());
    }
}
