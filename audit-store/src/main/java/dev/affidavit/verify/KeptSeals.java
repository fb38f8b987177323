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
    static KeptSeals read(LogFiles files, LogKey logKey, AnchorMarks marks) throws IOException {
        return new Reading(files, logKey, marks).read();
    }

    /** The reading of the file. */
    private static final class Reading {
        private final LogFiles files;
        private final LogKey logKey;
        private final AnchorMarks marks;
        private final Findings findings = new Findings();
        private final List<StatementWalk> blocks = new ArrayList<>();
        private boolean begun;
        /** Whether the block that is being read counts: its seal is gone. */
        private boolean counts;

        Reading(LogFiles files, LogKey logKey, AnchorMarks marks) {
            this.files = files;
            this.logKey = logKey;
            this.marks = marks;
        }

        KeptSeals read() throws IOException {
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
                    take(next);
                }
            } catch (MalformedSealException e) {
                damaged = true;
                findings.add(Finding.ofStatement(
                        Rule.STATEMENT_FORM, LogFiles.PRUNED, end, "a statement", "what is none: " + e.getMessage()));
            }
            return new KeptSeals(blocks, damaged, findings.all());
        }

        private void take(SignedStatement next) {
            if (next.statement() instanceof SegmentStart start) {
                begun = true;
                counts = !files.hasSeal(start.segment());
                if (counts) {
                    begin(next, start);
                }
            } else if (!begun) {
                findings.add(Finding.ofStatement(
                        Rule.SEAL_BEGINS, LogFiles.PRUNED, next.offset(), "affidavit-segment", "another statement"));
            } else if (counts) {
                blocks.get(blocks.size() - 1).take(next);
            }
        }

        private void begin(SignedStatement next, SegmentStart start) {
            StatementWalk last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
            if (last != null && last.segment().compareTo(start.segment()) >= 0) {
                findings.add(Finding.ofStatement(
                        Rule.STATEMENT_FORM,
                        LogFiles.PRUNED,
                        next.offset(),
                        "the seal of a file after " + last.segment(),
                        "that of " + start.segment()));
            }
            blocks.add(StatementWalk.of(logKey, LogFiles.PRUNED, next, start, marks, findings));
        }
    }
}
