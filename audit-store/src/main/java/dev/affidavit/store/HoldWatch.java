package dev.affidavit.store;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Notices legal holds that were placed or released, and remembers in a file which of them the log has recorded: what
 * happens while no writer runs is recorded by the next. Used by one thread, but for {@link #inForce}.
 */
final class HoldWatch {
    private static final String VERSION = "affidavit-holds 1";

    private final LegalHolds holds;
    private final RecordedNames file;
    private final Telling telling;
    private final Set<String> recorded;
    private boolean warned;
    private volatile List<String> inForce = List.of();

    private HoldWatch(LegalHolds holds, RecordedNames file, Telling telling) {
        this.holds = holds;
        this.file = file;
        this.telling = telling;
        this.recorded = file.read();
    }

    static HoldWatch open(LogDirectory directory, Disk disk, Telling telling) {
        return new HoldWatch(
                new LegalHolds(directory), new RecordedNames(directory.recordedHolds(), VERSION, disk), telling);
    }

    /** The names of the holds, as they were when last looked at. */
    List<String> inForce() {
        return inForce;
    }

    void look() {
        List<LegalHold> now;
        try {
            now = holds.list();
        } catch (StoreException e) {
            warned = warned || telling.tell(listener -> listener.warned(String.valueOf(e.getMessage())));
            return;
        }
        warned = false;
        inForce = now.stream().map(LegalHold::name).toList();
        boolean changed = false;
        for (LegalHold hold : now) {
            if (!recorded.contains(hold.name()) && telling.tell(listener -> listener.holdPlaced(hold))) {
                changed |= recorded.add(hold.name());
            }
        }
        for (String name : List.copyOf(recorded)) {
            if (!inForce.contains(name) && telling.tell(listener -> listener.holdReleased(name))) {
                changed |= recorded.remove(name);
            }
        }
        if (changed) {
            store();
        }
    }

    private void store() {
        try {
            file.write(recorded);
        } catch (IOException e) { // after a restart they are recorded again, which does less harm than not at all
            telling.tell(listener -> listener.warned("%s: not stored: %s".formatted(file, e)));
        }
    }
}
