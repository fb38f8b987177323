package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log made ready for writing.
 *
 * @param recovery what was cut off; null if nothing was
 * @param lastLine the last line of the log; null if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Opened(Segments segments, @Nullable Recovery recovery, byte @Nullable [] lastLine) {

    static Opened open(LogDirectory directory, Environment environment, LogOptions options) throws IOException {
        List<SegmentName> names = directory.segments();
        Recovery recovery = null;
        byte[] lastLine = null;
        for (int i = names.size() - 1; i >= 0; i--) {
            SegmentName name = names.get(i);
            try (SegmentFile file = environment.disk().open(directory.segment(name))) {
                if (lastLine == null) {
                    TailScan tail = TailScan.of(file, name.fileName());
                    lastLine = tail.lastLine();
                    if (i == names.size() - 1 && tail.intact() < file.length()) {
                        recovery = cutTornTail(directory, name, file, tail.intact());
                    }
                }
                file.force(); // a killed writer acknowledged lines that it had not forced; a clean file costs nothing
            }
        }
        return new Opened(Segments.open(directory, environment, options), recovery, lastLine);
    }

    /** Keeps the unfinished bytes aside, and only then cuts them off. */
    private static Recovery cutTornTail(LogDirectory directory, SegmentName name, SegmentFile file, long intact)
            throws IOException {
        byte[] torn = new byte[Math.toIntExact(file.length() - intact)];
        file.read(intact, torn);
        Path keptAt = unused(directory.torn(), "%s.%d".formatted(name.fileName(), intact));
        PrivateFiles.replace(keptAt, torn);
        file.truncate(intact);
        file.force();
        return new Recovery(name.fileName(), intact, torn.length, keptAt);
    }

    /** What was kept aside before, from a tear at the same place, is not replaced. */
    private static Path unused(Path directory, String fileName) {
        Path file = directory.resolve(fileName);
        for (int i = 1; Files.exists(file, LinkOption.NOFOLLOW_LINKS); i++) {
            file = directory.resolve(fileName + "." + i);
        }
        return file;
    }
}
