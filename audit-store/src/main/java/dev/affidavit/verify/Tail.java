package dev.affidavit.verify;

import dev.affidavit.seal.TreeRange;
import dev.affidavit.verify.ChainCheck.Chain;
import dev.affidavit.verify.ChainCheck.Link;
import dev.affidavit.verify.SegmentCheck.Checked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the log as a whole once its sealed files were read: where it begins, and what stands behind the last
 * statement, in the last sealed file and in files without a seal.
 *
 * @param firstLine that is there
 * @param lines how many there are, with those before
 * @param sealed how many are sealed
 * @param firstId the id of the first line that is there; null if that is not known
 * @param lastId the same of the last
 */
record Tail(
        long firstLine,
        long lines,
        long sealed,
        @Nullable String firstId,
        @Nullable String lastId,
        List<Finding> findings) {

    static Tail read(LogFiles files, Chain chain, AnchorMarks marks, AnchoredLeaves leaves, LongConsumer read)
            throws IOException {
        return new Reading(files, chain, marks, leaves, read).run();
    }

    private static final class Reading {
        private final LogFiles files;
        private final Chain chain;
        private final AnchorMarks marks;
        private final AnchoredLeaves leaves;
        private final LongConsumer read;
        private final List<Finding> findings = new ArrayList<>();
        private long firstLine = -1;
        private long pruned;
        private int filesPruned;
        private TreeRange end = TreeRange.EMPTY;
        private long sealed;
        private @Nullable String firstId;
        private @Nullable String lastId;

        Reading(LogFiles files, Chain chain, AnchorMarks marks, AnchoredLeaves leaves, LongConsumer read) {
            this.files = files;
            this.chain = chain;
            this.marks = marks;
            this.leaves = leaves;
            this.read = read;
        }

        Tail run() throws IOException {
            chain.links().forEach(this::pass);
            Link last = chain.last();
            String lastSealed = last == null ? "" : last.segment();
            for (String segment : files.segments()) {
                boolean behind = segment.compareTo(lastSealed) > 0;
                if (behind || !files.hasSeal(segment)) {
                    readUnsealed(segment, behind);
                }
            }
            if (filesPruned > 0) {
                findings.add(Finding.ofLog(
                        Rule.FILES_PRUNED,
                        Verdict.PRUNED,
                        "",
                        "the lines before %d pruned, %d files of them".formatted(pruned, filesPruned)));
            }
            if (end.size() > sealed) {
                findings.add(Finding.ofLines(
                        Rule.TAIL_SEALED,
                        Verdict.UNSEALED_TAIL,
                        lastSealed,
                        new Finding.Lines(sealed, end.size()),
                        "",
                        "%d lines behind the last statement, not sealed (yet)".formatted(end.size() - sealed)));
            }
            return new Tail(Math.max(0, firstLine), end.size(), sealed, firstId, lastId, findings);
        }

        private void pass(Link link) {
            StatementWalk statements = link.statements();
            Checked checked = link.checked();
            if (statements == null) {
                return;
            }
            sealed = Math.max(sealed, statements.size());
            if (checked == null || !checked.fileRead() || checked.end() == null) {
                filesPruned += checked == null || !files.isThere(link.segment()) ? 1 : 0;
                pruned = statements.size();
                end = end.size() > statements.size() ? end : statements.start().before();
                return;
            }
            end = checked.end();
            if (firstLine < 0) {
                firstLine = statements.start().first();
                firstId = checked.firstId();
            }
            firstId = firstId == null ? checked.firstId() : firstId;
            lastId = checked.lastId() == null ? lastId : checked.lastId();
        }

        /** A file without a seal that counts. */
        private void readUnsealed(String segment, boolean behind) throws IOException {
            if (!files.isRegular(segment)) {
                findings.add(Finding.ofFile(
                        Rule.REGULAR_FILE,
                        Verdict.TAMPERED,
                        segment,
                        "a regular file",
                        "a link, a folder or a device"));
                return;
            }
            TreeRange before = behind ? end : TreeRange.EMPTY;
            try (LineWalk lines =
                    LineWalk.of(files, segment, before, behind ? marks : AnchorMarks.NOWHERE, leaves, read)) {
                lines.goToEnd();
                TreeRange after = lines.end();
                if (behind) {
                    end = after;
                    firstId = firstId == null ? lines.firstId() : firstId;
                    lastId = lines.lastId() == null ? lastId : lines.lastId();
                } else if (after.size() > 0) {
                    findings.add(Finding.ofFile(
                            Rule.SEAL_THERE,
                            Verdict.SEAL_MISSING,
                            segment + SegmentFileName.SEAL,
                            "a seal of the file, since later ones have theirs",
                            "none, and %d lines in the file".formatted(after.size())));
                }
            }
        }
    }
}
