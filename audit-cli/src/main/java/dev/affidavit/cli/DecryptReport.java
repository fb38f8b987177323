package dev.affidavit.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the lines of a log, as docs/cli.md describes it.
 *
 * @param segment null if all were read
 * @param out null if the lines went to standard output
 * @param lines that were read
 * @param written of them
 * @param decrypted of those
 * @param failures the first of the lines that were not written
 */
record DecryptReport(
        String directory,
        String logId,
        @Nullable String segment,
        @Nullable String out,
        long lines,
        long written,
        long decrypted,
        List<Failure> failures) {
    /** What could not be written: {@code keyId} is null if the line does not say. */
    record Failure(String segment, long offset, @Nullable String keyId, String reason, String problem) {}

    long missing() {
        return lines - written;
    }
}
