package dev.affidavit.cli;

import dev.affidavit.forward.DeadLetters;
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

    private Survey(Path directory, Instant now) {
        this.directory = directory;
        this.now = now;
    }

    /**
     * Looks at everything.
     *
     * @param progress is told how many bytes were read while lines are counted; null if they are not to be
     * @throws StoreException if that is not the directory of a log
     */
    static LogStats of(Path directory, Instant now, @Nullable LongConsumer progress) throws IOException {
        LogExtent extent = LogExtent.of(directory); // says it if that is no log
        return new Survey(directory.toRealPath(), now).take(extent, progress);
    }

    private LogStats take(LogExtent extent, @Nullable LongConsumer progress) {
        LogCondition condition = LogCondition.of(directory);
        List<StoredSegment> segments = looks.atAll(extent::segments);
        List<ForwarderStats> forwarders = forwarders(extent, segments);
        return new LogStats(
                directory.toString(),
                looks.at(extent::logId),
                looks.at(condition::hasWriter),
                segments.size(),
                segments.stream().mapToLong(StoredSegment::bytes).sum(),
                segments.isEmpty() ? null : segments.get(0).name(),
                segments.isEmpty() ? null : segments.get(segments.size() - 1).name(),
                looks.at(this::oldestEvent),
                looks.at(() -> extent.newestLine().map(Timestamps::of).orElse(null)),
                progress == null ? null : looks.at(() -> extent.lines(progress)),
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
            return first.isEmpty() ? null : Timestamps.of(first.get(0));
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
        ForwarderSurvey survey = new ForwarderSurvey(directory, cursors, letters, extent, segments, now, looks);
        return names.stream().map(survey::of).toList();
    }
}
