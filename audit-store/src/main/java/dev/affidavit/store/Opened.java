package dev.affidavit.store;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log made ready for writing.
 *
 * @param newestLine when the last line was written; null in a new log
 * @param recovery what was cut off; null if nothing was
 * @param torn that and all that was cut off earlier
 * @param lastLine the last line of the log; null if it has none
 * @param lines carries lines to where they are hashed
 * @param seal what it is sealed with; null if it is not
 * @param sealing who seals it; null if nobody does
 * @param warnings what is amiss with segments that were left as they are, oldest first
 */
record Opened(
        Segments segments,
        @Nullable Instant newestLine,
        @Nullable Recovery recovery,
        TornTails torn,
        @Nullable StoredLine lastLine,
        LineRing lines,
        @Nullable SealState seal,
        @Nullable Sealing sealing,
        List<String> warnings) {

    static Opened open(
            LogDirectory directory, Environment environment, LogOptions options, LogListener listener, String id)
            throws IOException {
        SealOptions sealed = options.seal();
        if (sealed == null) {
            SealOpening.requireUnsealed(directory);
        }
        // A killed writer may not have forced the last name, and what is done now relies on each that is there.
        environment.disk().forceDirectory(directory.path());
        List<String> amiss = new PoisonedSegments(directory).settle(environment.disk());
        FoundSegments found = FoundSegments.in(directory);
        List<SegmentName> names = found.names();
        TornTails torn = new TornTails(directory, environment.disk());
        Recovery recovery = null;
        StoredLine lastLine = null;
        List<String> warnings = new ArrayList<>();
        for (int i = names.size() - 1; i >= 0; i--) {
            SegmentName name = names.get(i);
            try (SegmentFile file = environment.disk().open(directory.segment(name))) {
                if (lastLine == null) {
                    TailScan tail = TailScan.of(file, name.fileName());
                    lastLine = lastLine(name, tail);
                    if (i == names.size() - 1 && tail.intact() < file.length()) {
                        recovery = torn.cut(name, file, tail.intact());
                    }
                }
                if (i < names.size() - 1 && endsUnfinished(file)) {
                    warnings.add(
                            "%s: its last line is unfinished though a later file exists; a power cut can leave that. Nothing was changed."
                                    .formatted(directory.segment(name)));
                }
                file.force(); // a killed writer acknowledged lines that it had not forced; a clean file costs nothing
            }
        }
        Collections.reverse(warnings);
        warnings.addAll(amiss);
        SealState seal = sealed == null ? null : SealOpening.open(directory, environment, sealed, id);
        try {
            Sealing sealing = seal == null ? null : new Sealing(directory, environment, seal, new Telling(listener));
            LineRing lines = new LineRing(sealing == null ? environment.stored() : sealing.lines());
            SegmentName begin = seal == null ? null : seal.begin();
            Segments segments = Segments.open(directory, environment, options, found, begin, lines);
            return new Opened(segments, found.newestLine(), recovery, torn, lastLine, lines, seal, sealing, warnings);
        } catch (Throwable e) {
            if (seal != null) {
                seal.writer().close();
            }
            throw e;
        }
    }

    private static @Nullable StoredLine lastLine(SegmentName segment, TailScan tail) {
        byte[] line = tail.lastLine();
        return line == null ? null : new StoredLine(segment.fileName(), tail.intact() - 1 - line.length, line);
    }

    /** Closes what is open, if the log cannot be written after all. */
    void close() throws IOException {
        try {
            segments.close();
        } finally {
            if (seal != null) {
                seal.writer().close();
            }
        }
    }

    /** The last byte alone tells: to scan every segment would make opening as slow as the log is long. */
    private static boolean endsUnfinished(SegmentFile file) throws IOException {
        long length = file.length();
        byte[] last = new byte[1];
        if (length > 0) {
            file.read(length - 1, last);
        }
        return length > 0 && last[0] != '\n';
    }
}
