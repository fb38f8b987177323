package dev.affidavit.cli;

import dev.affidavit.store.LegalHold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the directory of a log tells, as docs/cli.md describes it. What is null could not be told, or is not there.
 *
 * @param writer whether a writer has the log open
 * @param timesEncrypted whether a time is missing here since its event is encrypted, and no key was given
 * @param lines null unless they were to be counted
 * @param unfinishedBytes behind the last finished line
 * @param refusedSegments of which the device refused a force
 * @param warnings what is unsafe or amiss, each with its remedy
 * @param problems what could not be told, and why
 */
record LogStats(
        String directory,
        @Nullable String logId,
        @Nullable Boolean writer,
        int segments,
        long bytes,
        @Nullable String oldestSegment,
        @Nullable String newestSegment,
        @Nullable String oldestEvent,
        @Nullable String newestEvent,
        boolean timesEncrypted,
        @Nullable Long lines,
        @Nullable Long encryptedLines,
        @Nullable Long unfinishedBytes,
        List<ForwarderStats> forwarders,
        List<LegalHold> legalHolds,
        List<String> refusedSegments,
        List<TornTail> unrecordedTornTails,
        @Nullable Long usableBytes,
        List<String> warnings,
        List<String> problems) {

    /**
     * An unfinished last line that was cut off, and of which the log does not say so yet.
     *
     * @param offset where it was cut off
     * @param keptAt the file that keeps it
     */
    record TornTail(String segment, long offset, long bytes, String keptAt) {}
}
