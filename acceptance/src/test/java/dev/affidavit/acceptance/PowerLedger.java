package dev.affidavit.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link PowerApplication} had said when the power was cut: each event whose call had returned, and which of them must be
 * on the device. It is outside of the file system without power.
 *
 * @param synced events whose call promised that they are on the device
 * @param forced those acknowledged as written before a force began that is known to have ended
 * @param unforced the others acknowledged as written: what may be lost
 * @param behind how many of these came after that force had ended; the others came while it ran
 * @param lag lines not on the device, as the log's own statistics said last; -1 if they never said anything
 * @param refused threads that were told that an event is not recorded, and ended
 */
record PowerLedger(List<String> synced, List<String> forced, List<String> unforced, int behind, long lag, int refused) {
    static final String SYNCED = " synced";
    static final String WRITTEN = " written";
    /** What stands before it is to be looked for. */
    static final String MARK = "mark ";
    /** What stands before the last mark is on the device. */
    static final String SAFE = "safe";

    static final String LAG = "lag ";
    /** A call failed. */
    static final String REFUSED = "refused";

    /** Of one run; a line that is not yet written whole is none. */
    static PowerLedger read(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "";
        List<String> synced = new ArrayList<>();
        List<String> written = new ArrayList<>();
        int marked = 0;
        int safe = 0;
        int atEnd = 0;
        long lag = -1;
        int refused = 0;
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            if (line.startsWith(MARK)) {
                marked = written.size();
            } else if (line.equals(SAFE)) {
                safe = marked;
                atEnd = written.size();
            } else if (line.startsWith(LAG)) {
                lag = Long.parseLong(line.substring(LAG.length()));
            } else if (line.equals(REFUSED)) {
                refused++;
            } else if (line.endsWith(SYNCED)) {
                synced.add(line.substring(0, line.length() - SYNCED.length()));
            } else if (line.endsWith(WRITTEN)) {
                written.add(line.substring(0, line.length() - WRITTEN.length()));
            }
        }
        return new PowerLedger(
                synced,
                written.subList(0, safe),
                written.subList(safe, written.size()),
                written.size() - atEnd,
                lag,
                refused);
    }

    int acknowledged() {
        return synced.size() + forced.size() + unforced.size();
    }
}
