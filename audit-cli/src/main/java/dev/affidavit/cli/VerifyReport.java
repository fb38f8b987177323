package dev.affidavit.cli;

import dev.affidavit.verify.Finding;
import dev.affidavit.verify.Verdict;
import dev.affidavit.verify.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found, as docs/cli.md describes it.
 *
 * @param passed whether nothing speaks against the log
 * @param logName the origin of its seals; null if no seal says it
 * @param firstEpochKey null if the log has none
 * @param firstLine that was looked at: those before it were pruned, unless a finding says otherwise
 * @param lines those before it too
 * @param anchored up to which line a checkpoint from elsewhere agrees
 * @param checkpointsGiven how many from elsewhere it was held to
 * @param eventsGiven the same of events
 * @param forwarder whose destination was read; null if none was
 * @param storedFrom the first line that the destination has; 0 if it has none, or none was read
 * @param storedEnd behind the last of them
 * @param witnessed the newest checkpoint of each witness that was named
 */
record VerifyReport(
        String verdict,
        boolean passed,
        String directory,
        @Nullable String logName,
        @Nullable String firstEpochKey,
        List<Found> findings,
        long firstLine,
        long lines,
        long sealed,
        long unsealed,
        long anchored,
        long checkpointsGiven,
        long eventsGiven,
        long eventsFound,
        @Nullable String forwarder,
        long storedFrom,
        long storedEnd,
        int files,
        int seals,
        long statements,
        long bytes,
        List<Seen> witnessed) {

    /**
     * What a witness saw, and the log agrees with.
     *
     * @param key of the witness
     * @param lines how many there were
     * @param time by the clock of the witness
     */
    record Seen(String key, long lines, String time) {}

    /**
     * One of them.
     *
     * @param offset of the statement in the file; null if it is not about one
     * @param endLine behind the last line
     */
    record Found(
            String verdict,
            String rule,
            @Nullable String file,
            @Nullable Long offset,
            @Nullable Long firstLine,
            @Nullable Long endLine,
            String expected,
            String found) {
        private static Found of(Finding finding) {
            Finding.Lines lines = finding.lines();
            return new Found(
                    name(finding.verdict()),
                    finding.rule().id(),
                    finding.file(),
                    finding.offset() < 0 ? null : finding.offset(),
                    lines == null ? null : lines.first(),
                    lines == null ? null : lines.end(),
                    finding.expected(),
                    finding.found());
        }
    }

    static VerifyReport of(
            Path directory, Verification verification, EvidenceReader evidence, @Nullable StoredEvidence stored) {
        Verification.Counts counts = verification.counts();
        return new VerifyReport(
                name(verification.verdict()),
                verification.isPass(),
                directory.toString(),
                verification.origin(),
                verification.firstEpochKey() == null
                        ? null
                        : verification.firstEpochKey().toString(),
                verification.findings().stream().map(Found::of).toList(),
                counts.firstLine(),
                counts.lines(),
                counts.sealed(),
                counts.unsealed(),
                counts.anchored(),
                evidence.checkpoints(),
                evidence.events(),
                counts.eventsFound(),
                stored == null ? null : stored.name(),
                counts.storedFrom(),
                counts.storedEnd(),
                counts.files(),
                counts.seals(),
                counts.statements(),
                counts.bytes(),
                verification.witnessed().stream()
                        .map(seen -> new Seen(
                                seen.witness().toString(),
                                seen.size(),
                                seen.time().toString()))
                        .toList());
    }

    static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
