package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the lines up to {@code upTo} and the device.
 *
 * @param rotatedOut of segments that take no more lines: to be forced once, and closed
 * @param directory to be forced because names in it changed; null if none did
 * @param active of the segment that takes lines
 */
record Unforced(long upTo, List<Tail> rotatedOut, @Nullable Path directory, Tail active, Disk disk) {

    /** Whether names are to be made durable, be there new lines or not. */
    boolean changedNames() {
        return directory != null;
    }

    /**
     * Forces in the order of the log, so that no later line is safe before an earlier one, and then closes what takes no
     * more lines.
     *
     * @throws RefusedForceException if the device refuses; every file is still open then
     */
    void force() throws RefusedForceException, IOException {
        int safe = 0;
        try {
            for (Tail tail : rotatedOut) {
                tail.file().force();
                safe++;
            }
            if (directory != null) {
                safe = 0; // no line is safe while the name of its file is not
                disk.forceDirectory(directory);
                safe = rotatedOut.size();
            }
            active.file().force();
        } catch (IOException e) {
            throw new RefusedForceException(List.copyOf(tails().subList(safe, rotatedOut.size() + 1)), e);
        }
        for (Tail tail : rotatedOut) {
            try {
                tail.file().close();
            } catch (IOException e) {
                // All that it holds is on the device.
            }
        }
    }

    /** Oldest first. */
    List<Tail> tails() {
        List<Tail> tails = new ArrayList<>(rotatedOut);
        tails.add(active);
        return tails;
    }
}
