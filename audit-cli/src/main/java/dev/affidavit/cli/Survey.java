package dev.affidavit.cli;

import dev.affidavit.encryption.KeyRing;
import dev.affidavit.forward.DeadLetters;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.EncryptedLines;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.LegalHolds;
import dev.affidavit.store.LogCondition;
import dev.affidavit.store.LogExtent;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.StoreException;
import dev.affidavit.store.StoredLine;
import dev.affidavit.store.StoredSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Takes stock of the directory of a log, which may be written meanwhile. Changes nothing there. */
final class Survey {
    private final Path directory;
    private final Instant now;
    private final Looks looks = new Looks();
    private final Timestamps timestamps;

    private Survey(Path directory, Instant now, Decrypter decrypter) {
        this.directory = directory;
        this.now = now;
        this.timestamps = new Timestamps(decrypter, looks);
    }

    /**
     * Looks at everything.
     *
     * @param progress is told how many bytes were read while lines are counted; null if they are not to be
     * @param keys of encrypted lines; null if none is given
     * @throws StoreException if that is not the directory of a log
     */
    static LogStats of(Path directory, Instant now, @Nullable LongConsumer progress, @Nullable KeyRing keys)
            throws IOException {
        LogExtent extent = LogExtent.of(directory); // says it if that is no log
        try (Decrypter decrypter = OpenedLines.decrypter(directory, keys)) {
            return new Survey(directory.toRealPath(), now, decrypter).take(extent, progress);
        }
    }

    private LogStats take(LogExtent extent, @Nullable LongConsumer progress) {
        LogCondition condition = LogCondition.of(directory);
        List<StoredSegment> segments = looks.atAll(extent::segments);
        List<ForwarderStats> forwarders = forwarders(extent, segments);
        String oldest = looks.at(this::oldestEvent);
        String newest = looks.at(() -> extent.newestLine().map(timestamps::of).orElse(null));
        Count count = progress == null ? null : looks.at(() -> Count.of(extent, progress));
        return new LogStats(
                directory.toString(),
                looks.at(extent::logId),
                looks.at(condition::hasWriter),
                segments.size(),
                segments.stream().mapToLong(StoredSegment::bytes).sum(),
                segments.isEmpty() ? null : segments.get(0).name(),
                segments.isEmpty() ? null : segments.get(segments.size() - 1).name(),
                oldest,
                newest,
                timestamps.lackKey(),
                count == null ? null : count.lines(),
                count == null ? null : count.encrypted(),
                looks.at(extent::unfinishedBytes),
                forwarders,
                looks.atAll(() -> LegalHolds.of(directory).list()),
                looks.atAll(condition::refusedSegments),
                looks.atAll(() -> tornTails(condition)),
                looks.at(() -> Files.getFileStore(directory).getUsableSpace()),
                looks.atAll(condition::warnings),
                looks.problems());
    }

    private @Nullable String oldestEvent() {
        try (LogReader reader = LogReader.fromOldest(directory)) {
            List<StoredLine> first = reader.read(1, 1);
            return first.isEmpty() ? null : timestamps.of(first.get(0));
        }
    }

    private static List<LogStats.TornTail> tornTails(LogCondition condition) {
        return condition.unrecordedRecoveries().stream()
                .map(cut -> new LogStats.TornTail(
                        cut.segment(), cut.offset(), cut.bytes(), cut.keptAt().toString()))
                .toList();
    }

    /** Those that have a cursor, or dead letters, or both. */
    private List<ForwarderStats> forwarders(LogExtent extent, List<StoredSegment> segments) {
        Cursors cursors = Cursors.of(directory);
        DeadLetters letters = DeadLetters.of(directory);
        TreeSet<String> names = new TreeSet<>(looks.atAll(cursors::names));
        names.addAll(looks.atAll(letters::forwarders));
        ForwarderSurvey survey =
                new ForwarderSurvey(directory, cursors, letters, extent, segments, now, timestamps, looks);
        return names.stream().map(survey::of).toList();
    }

    /** How many lines there are. */
    private record Count(long lines, long encrypted) {
        private static final long BYTES_BETWEEN = 1 << 20;

        static Count of(LogExtent extent, LongConsumer progress) {
            long[] counts = new long[4];
            extent.forEachLine(line -> {
                counts[0]++;
                counts[1] += EncryptedLines.isEncrypted(line.bytes()) ? 1 : 0;
                counts[2] += line.bytes().length + 1L;
                if (counts[2] - counts[3] >= BYTES_BETWEEN) {
                    counts[3] = counts[2];
                    progress.accept(counts[2]);
                }
            });
            progress.accept(counts[2]);
            return new Count(counts[0], counts[1]);
        }
    }
}
