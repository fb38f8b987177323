package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the lines up to {@code upTo} and the device.
 *
 * @param rotatedOut segments that take no more lines: to be forced once, and closed
 * @param directory to be forced because names in it changed; null if none did
 */
record Unforced(
        long upTo, List<SegmentFile> rotatedOut, @Nullable Path directory, SegmentFile active, Disk disk) {

    /** Whether names are to be made durable, be there new lines or not. */
    boolean changedNames() {
        return directory != null;
    }

    /** Forces in the order of the log, so that no later line is safe before an earlier one. */
    void force() throws IOException {
        for (SegmentFile file : rotatedOut) {
            file.force();
            file.close();
        }
        if (directory != null) {
            disk.forceDirectory(directory);
        }
        active.force();
    }
}
