package dev.affidavit.verify;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.TreeRange;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds one file to its seal. It starts from the range that the seal begins with, so that each file can be checked for itself;
 * whether they fit together is asked later. Not thread-safe.
 */
final class SegmentCheck {
    private final LogFiles files;
    private final String segment;
    private final String seal;
    private final LogKey logKey;
    private final AnchorMarks marks;
    private final AnchoredLeaves leaves;
    private final LongConsumer read;
    private final Findings findings = new Findings();

    private @Nullable StatementWalk statements;
    private @Nullable LineWalk lines;
    private boolean sealDamaged;
    private long unfinishedFrom = -1;
    private long statementEnd;
    /** Up to here the lines are the ones that were sealed. */
    private long good;

    private boolean changed;
    private StatementWalk.@Nullable Sized beyondLines;

    private SegmentCheck(
            LogFiles files,
            String segment,
            LogKey logKey,
            AnchorMarks marks,
            AnchoredLeaves leaves,
            LongConsumer read) {
        this.files = files;
        this.segment = segment;
        this.seal = segment + SegmentFileName.SEAL;
        this.logKey = logKey;
        this.marks = marks;
        this.leaves = leaves;
        this.read = read;
    }

    /**
     * What a seal and its file are, each for itself.
     *
     * @param statements null if the seal has no beginning
     * @param sealDamaged whether a part of it could not be read
     * @param unfinishedFrom where a statement begins that was not finished; -1 if there is none
     * @param fileRead whether the file is there
     * @param end the tree up to the last line; null if that is not known
     * @param good how many lines are the ones that were sealed
     * @param beyondLines the first statement that says more lines than are there; null if there is none
     */
    record Checked(
            String segment,
            @Nullable StatementWalk statements,
            boolean sealDamaged,
            long unfinishedFrom,
            boolean fileRead,
            @Nullable TreeRange end,
            long good,
            StatementWalk.@Nullable Sized beyondLines,
            @Nullable String firstId,
            @Nullable String lastId,
            List<Finding> findings) {}

    static Checked check(
            LogFiles files, String segment, LogKey logKey, AnchorMarks marks, AnchoredLeaves leaves, LongConsumer read)
            throws IOException {
        return new SegmentCheck(files, segment, logKey, marks, leaves, read).run();
    }

    private Checked run() throws IOException {
        boolean fileThere = isThere(segment);
        if (isThere(seal)) {
            try (SealReader reader = SealReader.of(files.openSeal(seal))) {
                statements = begin(reader);
                if (statements != null) {
                    checkLines(reader, statements, fileThere);
                    unfinishedFrom = reader.unfinishedFrom();
                }
            }
            read.accept(files.length(seal));
        }
        LineWalk walked = lines;
        return new Checked(
                segment,
                statements,
                sealDamaged,
                unfinishedFrom,
                walked != null,
                walked == null ? null : walked.end(),
                good,
                beyondLines,
                walked == null ? null : walked.firstId(),
                walked == null ? null : walked.lastId(),
                findings.all());
    }

    private void checkLines(SealReader reader, StatementWalk walk, boolean fileThere) throws IOException {
        good = walk.start().first();
        if (!fileThere) {
            walk(reader, walk, null);
            return;
        }
        try (LineWalk opened = LineWalk.of(files, segment, walk.start().before(), marks, leaves, read)) {
            lines = opened;
            walk(reader, walk, opened);
            opened.goToEnd();
        }
    }

    private boolean isThere(String name) {
        if (!files.isThere(name)) {
            return false;
        }
        if (!files.isRegular(name)) {
            findings.add(Finding.ofFile(
                    Rule.REGULAR_FILE, Verdict.TAMPERED, name, "a regular file", "a link, a folder or a device"));
            return false;
        }
        return true;
    }

    /** Null if the seal does not begin as it has to. */
    private @Nullable StatementWalk begin(SealReader reader) throws IOException {
        SignedStatement first = next(reader);
        if (first != null
                && first.statement() instanceof SegmentStart start
                && start.segment().equals(segment)) {
            return StatementWalk.of(logKey, seal, first, start, marks, findings);
        }
        if (!sealDamaged) {
            findings.add(Finding.ofStatement(
                    Rule.SEAL_BEGINS,
                    seal,
                    0,
                    "affidavit-segment of " + segment + ", which is whole before the file has this name",
                    first == null
                            ? "none"
                            : "'" + first.note().text().lines().limit(3).toList() + "'"));
        }
        return null;
    }

    private void walk(SealReader reader, StatementWalk walk, @Nullable LineWalk opened) throws IOException {
        for (SignedStatement signed = next(reader); signed != null; signed = next(reader)) {
            StatementWalk.Sized sized = walk.take(signed);
            if (sized != null && opened != null) {
                compare(sized, opened);
            }
        }
    }

    /** The first place where they differ says where the change is: behind it all heads differ. */
    private void compare(StatementWalk.Sized sealed, LineWalk opened) throws IOException {
        boolean there = opened.goTo(sealed.size());
        if (changed || beyondLines != null) {
            return;
        }
        if (!there) {
            beyondLines = sealed;
        } else if (opened.root().equals(sealed.root())) {
            good = sealed.size();
        } else {
            changed = true;
            findings.add(Finding.ofLines(
                    Rule.ROOT,
                    Verdict.TAMPERED,
                    segment,
                    new Finding.Lines(good, sealed.size()),
                    "the lines sealed at byte %d of %s, with root %s".formatted(sealed.offset(), seal, sealed.root()),
                    "others, with root " + opened.root()));
        }
    }

    private @Nullable SignedStatement next(SealReader reader) throws IOException {
        try {
            SignedStatement next = reader.next();
            statementEnd = next == null ? statementEnd : next.end();
            return next;
        } catch (MalformedSealException e) {
            sealDamaged = true;
            findings.add(Finding.ofStatement(
                    Rule.STATEMENT_FORM, seal, statementEnd, "a statement", "what is none: " + e.getMessage()));
            return null;
        }
    }
}
