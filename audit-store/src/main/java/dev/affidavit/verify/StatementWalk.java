package dev.affidavit.verify;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.PruneRecord;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.Statement;
import dev.affidavit.seal.Succession;
import dev.affidavit.seal.TreeHash;
import dev.affidavit.seal.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the statements of one seal, in its file or as it is kept of a pruned one, and holds each to those before it.
 * Nothing here is about lines. Not thread-safe.
 */
final class StatementWalk {
    private final LogKey logKey;
    private final String file;
    private final String segment;
    private final SegmentStart start;
    private final AnchorMarks marks;
    private final Findings findings;
    private final List<PruneRecord> prunes = new ArrayList<>();

    private VerifierKey key;
    private long epoch;
    private long size;
    /** Of that size. */
    private TreeHash root;

    private @Nullable Succession rotation;
    private boolean rotationTrusted;
    private boolean startTrusted;
    private long statements = 1;

    private StatementWalk(LogKey logKey, String file, SegmentStart start, AnchorMarks marks, Findings findings) {
        this.logKey = logKey;
        this.file = file;
        this.segment = start.segment();
        this.start = start;
        this.marks = marks;
        this.findings = findings;
        this.key = start.key();
        this.epoch = start.epoch();
        this.size = start.first();
        this.root = start.before().root();
    }

    /** What a statement says of the lines. */
    record Sized(long offset, long size, TreeHash root) {}

    /**
     * Begins with the first statement of a seal.
     *
     * @param file that it stands in
     * @param marks are told what is stated of their sizes
     */
    static StatementWalk of(
            LogKey logKey,
            String file,
            SignedStatement first,
            SegmentStart start,
            AnchorMarks marks,
            Findings findings) {
        StatementWalk walk = new StatementWalk(logKey, file, start, marks, findings);
        walk.startTrusted = walk.isTrusted(first);
        if (walk.startTrusted) {
            marks.stated(walk.size, walk.root);
        }
        walk.requireKeyName(first, start.key(), start.epoch());
        return walk;
    }

    /** Takes the next statement; null if it says nothing of lines, or nothing that one can rely on. */
    @Nullable
    Sized take(SignedStatement signed) {
        statements++;
        if (rotation != null) {
            found(Rule.HANDED_OVER, signed, "no statement behind the succession to " + rotation.nextSegment(), "one");
            return null;
        }
        boolean trusted = isTrusted(signed);
        Statement statement = signed.statement();
        if (statement instanceof Checkpoint checkpoint) {
            return sized(signed, checkpoint.size(), checkpoint.root(), trusted);
        }
        if (statement instanceof Succession succession) {
            return succeed(signed, succession, trusted);
        }
        if (statement instanceof PruneRecord prune) {
            if (isCurrent(signed, prune.epoch()) && trusted) {
                prunes.add(prune);
            }
            return null;
        }
        found(Rule.SEAL_BEGINS, signed, "one affidavit-segment, at the beginning", "another");
        return null;
    }

    private @Nullable Sized succeed(SignedStatement signed, Succession succession, boolean trusted) {
        boolean current = isCurrent(signed, succession.epoch());
        boolean named = requireKeyName(signed, succession.nextKey(), succession.nextEpoch());
        key = succession.nextKey();
        epoch = succession.nextEpoch();
        if (succession.reason() == Succession.Reason.ROTATION) {
            rotation = succession;
            rotationTrusted = trusted && current && named;
        }
        return sized(signed, succession.size(), succession.root(), trusted);
    }

    private @Nullable Sized sized(SignedStatement signed, long next, TreeHash newRoot, boolean trusted) {
        if (!trusted) {
            return null;
        }
        if (next < size) {
            found(Rule.SIZES_GROW, signed, "a size of " + size + " or more", Long.toString(next));
            return null;
        }
        if (next == size && !newRoot.equals(root)) {
            found(Rule.ROOT, signed, "the root %s, as stated of %d lines before".formatted(root, size), "" + newRoot);
            return null;
        }
        size = next;
        root = newRoot;
        marks.stated(next, newRoot);
        return new Sized(signed.offset(), next, newRoot);
    }

    /** Whether it is this log's, and has the signatures that it has to have. */
    private boolean isTrusted(SignedStatement signed) {
        if (!signed.statement().origin().equals(logKey.origin())) {
            found(Rule.ONE_ORIGIN, signed, logKey.origin(), signed.statement().origin());
            return false;
        }
        boolean byLog = logKey.signed(signed.note());
        if (!byLog) {
            found(
                    Rule.SIGNED_BY_LOG,
                    signed,
                    "a signature of the log key, id " + logKey.idInHex(),
                    "none, or a bad one, over '" + firstLine(signed) + "'");
        }
        boolean byEpoch = signed.note().isSignedBy(key);
        if (!byEpoch) {
            found(
                    Rule.SIGNED_BY_EPOCH,
                    signed,
                    "a signature of the key of epoch " + epoch,
                    "none, or a bad one, over '" + firstLine(signed) + "'");
        }
        return byLog && byEpoch;
    }

    private boolean isCurrent(SignedStatement signed, long named) {
        if (named != epoch) {
            found(Rule.EPOCH_CURRENT, signed, "epoch " + epoch, "epoch " + named);
        }
        return named == epoch;
    }

    private boolean requireKeyName(SignedStatement signed, VerifierKey named, long ofEpoch) {
        String expected = Statement.epochKeyName(logKey.origin(), ofEpoch);
        if (!named.name().equals(expected)) {
            found(Rule.EPOCH_CURRENT, signed, "a key of the name " + expected, named.name());
        }
        return named.name().equals(expected);
    }

    private static String firstLine(SignedStatement signed) {
        String text = signed.note().text();
        return text.substring(0, text.indexOf('\n'));
    }

    private void found(Rule rule, SignedStatement at, String expected, String found) {
        findings.add(Finding.ofStatement(rule, file, at.offset(), expected, found));
    }

    /** The name of the file that it is the seal of. */
    String segment() {
        return segment;
    }

    SegmentStart start() {
        return start;
    }

    /** Whether the first statement can be relied on. */
    boolean isStartTrusted() {
        return startTrusted;
    }

    /** The key of the epoch that is current. */
    VerifierKey key() {
        return key;
    }

    /** The number of that epoch. */
    long epoch() {
        return epoch;
    }

    /** The largest size so far that can be relied on. */
    long size() {
        return size;
    }

    /** The succession to the next file; null if there is none yet. */
    @Nullable
    Succession rotation() {
        return rotation;
    }

    /** Whether the succession to the next file can be relied on. */
    boolean isRotationTrusted() {
        return rotationTrusted;
    }

    List<PruneRecord> prunes() {
        return prunes;
    }

    long statements() {
        return statements;
    }
}
