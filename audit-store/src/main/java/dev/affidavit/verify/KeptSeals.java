package dev.affidavit.verify;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedStatement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code pruned.seal} keeps of the seals of removed files.
 *
 * @param blocks one for each file that is gone with its seal, the oldest first
 * @param damaged whether a part could not be read
 */
record KeptSeals(List<StatementWalk> blocks, boolean damaged, List<Finding> findings) {
    static KeptSeals read(LogFiles files, LogKey logKey) throws IOException {
        Findings findings = new Findings();
        List<StatementWalk> blocks = new ArrayList<>();
        if (!files.isThere(LogFiles.PRUNED)) {
            return new KeptSeals(blocks, false, findings.all());
        }
        if (!files.isRegular(LogFiles.PRUNED)) {
            findings.add(Finding.ofFile(
                    Rule.REGULAR_FILE,
                    Verdict.TAMPERED,
                    LogFiles.PRUNED,
                    "a regular file",
                    "a link, a folder or a device"));
            return new KeptSeals(blocks, true, findings.all());
        }
        boolean damaged = false;
        long end = 0;
        try (SealReader reader = SealReader.of(files.openSeal(LogFiles.PRUNED))) {
            for (SignedStatement next = reader.next(); next != null; next = reader.next()) {
                end = next.end();
                take(next, blocks, logKey, findings);
            }
        } catch (MalformedSealException e) {
            damaged = true;
            findings.add(Finding.ofStatement(
                    Rule.STATEMENT_FORM, LogFiles.PRUNED, end, "a statement", "what is none: " + e.getMessage()));
        }
        blocks.removeIf(block -> files.hasSeal(block.segment()));
        return new KeptSeals(blocks, damaged, findings.all());
    }

    private static void take(SignedStatement next, List<StatementWalk> blocks, LogKey logKey, Findings findings) {
        StatementWalk last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (next.statement() instanceof SegmentStart start) {
            if (last != null && last.segment().compareTo(start.segment()) >= 0) {
                findings.add(Finding.ofStatement(
                        Rule.STATEMENT_FORM,
                        LogFiles.PRUNED,
                        next.offset(),
                        "the seal of a file after " + last.segment(),
                        "that of " + start.segment()));
            }
            blocks.add(StatementWalk.of(logKey, LogFiles.PRUNED, next, start, findings));
        } else if (last != null) {
            last.take(next);
        } else {
            findings.add(Finding.ofStatement(
                    Rule.SEAL_BEGINS, LogFiles.PRUNED, next.offset(), "affidavit-segment", "another statement"));
        }
    }
}
