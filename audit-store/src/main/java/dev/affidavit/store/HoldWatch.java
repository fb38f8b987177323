package dev.affidavit.store;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Notices legal holds that were placed or released, and remembers in a file which of them the log has recorded: what
 * happens while no writer runs is recorded by the next. Used by one thread, but for {@link #inForce}.
 */
final class HoldWatch {
    private static final String VERSION = "affidavit-holds 1";

    private final LegalHolds holds;
    private final Disk disk;
    private final Path file;
    private final Telling telling;
    private final Set<String> recorded;
    private boolean warned;
    private volatile List<String> inForce = List.of();

    private HoldWatch(LegalHolds holds, Disk disk, Path file, Telling telling, Set<String> recorded) {
        this.holds = holds;
        this.disk = disk;
        this.file = file;
        this.telling = telling;
        this.recorded = recorded;
    }

    static HoldWatch open(LogDirectory directory, Disk disk, Telling telling) {
        Path file = directory.recordedHolds();
        return new HoldWatch(new LegalHolds(directory), disk, file, telling, read(file));
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
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        recorded.forEach(name ->
                text.append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('\n'));
        try {
            disk.replace(file, text.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) { // after a restart they are recorded again, which does less harm than not at all
            telling.tell(listener -> listener.warned("%s: not stored: %s".formatted(file, e)));
        }
    }

    /** Nothing, if the file is not what {@link #store} leaves: what holds then is recorded again. */
    private static Set<String> read(Path file) {
        Set<String> names = new TreeSet<>();
        try {
            List<String> lines = new String(PrivateFiles.readSmall(file), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            if (!lines.isEmpty() && lines.get(0).equals(VERSION)) {
                lines.subList(1, lines.size())
                        .forEach(line -> names.add(URLDecoder.decode(line, StandardCharsets.UTF_8)));
            }
        } catch (IOException | IllegalArgumentException none) {
            names.clear();
        }
        return names;
    }
}
