package dev.affidavit.store;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Makes a line of what it is told, no two the same. Thread-safe. */
final class ReportingListener implements LogListener {
    private static final String MARK = " (report ";

    private final Consumer<String> reports;
    private final AtomicInteger number = new AtomicInteger();

    ReportingListener(Consumer<String> reports) {
        this.reports = reports;
    }

    static boolean isReport(String line) {
        return line.contains(MARK);
    }

    private void report(String text) {
        reports.accept("%s%s%d)".formatted(text, MARK, number.getAndIncrement()));
    }

    @Override
    public void removing(List<Removal> removals) {
        report(CrashLedger.PRUNED
                + String.join(" ", removals.stream().map(Removal::segment).toList()));
    }

    @Override
    public void diskFull(DiskTrouble trouble) {
        report("full");
    }

    @Override
    public void holdPlaced(LegalHold hold) {
        report("hold placed");
    }

    @Override
    public void holdReleased(String name) {
        report("hold released");
    }

    @Override
    public void rescued(Rescue rescue) {
        try {
            report("rescued");
        } catch (LogClosedException e) {
            // It was the force of the close that was refused.
        }
    }
}
