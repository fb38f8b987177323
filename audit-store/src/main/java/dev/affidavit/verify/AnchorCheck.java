package dev.affidavit.verify;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.TreeHash;
import dev.affidavit.verify.Anchors.AnchoredCheckpoint;
import dev.affidavit.verify.ChainCheck.Chain;
import dev.affidavit.verify.ChainCheck.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds what is known from outside against a log whose files were read. Not thread-safe. */
final class AnchorCheck {
    private final AnchorMarks marks;
    private final AnchoredLeaves leaves;
    private final LogKey logKey;
    private final Cosigners cosigners;
    private final Chain chain;
    private final Tail tail;
    private final boolean tampered;
    private final AnchorFindings findings = new AnchorFindings();
    private long anchored;
    private boolean any;
    private int prunedEvents;
    private String firstPruned = "";
    private String lastPruned = "";

    private AnchorCheck(
            AnchorMarks marks,
            AnchoredLeaves leaves,
            LogKey logKey,
            Cosigners cosigners,
            Chain chain,
            Tail tail,
            boolean tampered) {
        this.marks = marks;
        this.leaves = leaves;
        this.logKey = logKey;
        this.cosigners = cosigners;
        this.chain = chain;
        this.tail = tail;
        this.tampered = tampered;
    }

    /**
     * What became of the anchors.
     *
     * @param anchored the largest size at which one agrees
     * @param isAny whether one agrees
     */
    record Held(long anchored, boolean isAny, List<Finding> findings) {}

    /** @param before what was found before */
    static Held check(
            Anchors anchors,
            AnchorMarks marks,
            AnchoredLeaves leaves,
            LogKey logKey,
            Cosigners cosigners,
            Chain chain,
            Tail tail,
            List<Finding> before) {
        boolean tampered = before.stream().anyMatch(finding -> finding.verdict() == Verdict.TAMPERED);
        AnchorCheck check = new AnchorCheck(marks, leaves, logKey, cosigners, chain, tail, tampered);
        long sealedOnce = 0;
        for (AnchoredCheckpoint anchor : anchors.checkpoints()) {
            if (check.isOfLog(anchor)) {
                check.hold(anchor.checkpoint(), cosigners.see(anchor));
                sealedOnce = Math.max(sealedOnce, anchor.checkpoint().size());
            }
        }
        check.requireSealed(sealedOnce);
        cosigners.findings().forEach(check.findings::add);
        check.any |= leaves.found() > 0;
        for (int event = 0; event < leaves.events().size(); event++) {
            if (!leaves.isFound(event)) {
                check.tellMissing(event);
            }
        }
        check.tellPruned();
        leaves.stored().forEachGap(check::tellGap);
        return new Held(check.anchored, check.any, check.findings.all());
    }

    private boolean isOfLog(AnchoredCheckpoint anchor) {
        boolean ofLog = anchor.checkpoint().origin().equals(logKey.origin()) && logKey.signed(anchor.note());
        if (!ofLog) {
            findings.add(Finding.ofLog(
                    Rule.ANCHOR_OF_LOG,
                    Verdict.KEY_UNKNOWN,
                    "checkpoints of %s, signed by its log key, id %s".formatted(logKey.origin(), logKey.idInHex()),
                    "one of %s with size %d, which has no good signature of it"
                            .formatted(
                                    anchor.checkpoint().origin(),
                                    anchor.checkpoint().size())));
        }
        return ofLog;
    }

    /** @param seen by whom, behind its size in a sentence; empty if no witness of ours saw it */
    private void hold(Checkpoint anchor, String seen) {
        TreeHash root = anchor.size() == 0 ? TreeHash.EMPTY : marks.head(anchor.size());
        if (anchor.size() > tail.lines()) {
            findings.add(Finding.ofLines(
                    Rule.ANCHOR_SIZE,
                    Verdict.TRUNCATED,
                    lastFile(),
                    new Finding.Lines(tail.lines(), anchor.size()),
                    "at least %d lines, as the anchor of that size%s says".formatted(anchor.size(), seen),
                    Long.toString(tail.lines())));
        } else if (root == null) {
            findings.add(Finding.ofLog(
                    Rule.ANCHOR_PRUNED,
                    Verdict.PRUNED,
                    "",
                    "an anchor of size %d%s, of which the lines are not there any more: nothing can be said of it"
                            .formatted(anchor.size(), seen)));
        } else if (root.equals(anchor.root())) {
            anchored = Math.max(anchored, anchor.size());
            any = true;
            cosigners.agreed(anchor);
        } else {
            findings.add(Finding.ofLines(
                    Rule.ANCHOR_ROOT,
                    tampered ? Verdict.TAMPERED : Verdict.ROLLED_BACK,
                    fileOf(anchor.size()),
                    new Finding.Lines(anchored, anchor.size()),
                    "the lines of the anchor of size %d%s, with root %s".formatted(anchor.size(), seen, anchor.root()),
                    "others, with root " + root));
        }
    }

    private void requireSealed(long sealedOnce) {
        if (sealedOnce > tail.sealed() && sealedOnce <= tail.lines()) {
            findings.add(Finding.ofLines(
                    Rule.ANCHOR_SEALED,
                    Verdict.SEAL_MISSING,
                    lastFile() + SegmentFileName.SEAL,
                    new Finding.Lines(tail.sealed(), sealedOnce),
                    "the statement over %d lines that the anchor is a copy of".formatted(sealedOnce),
                    "the last one over %d: the seal was cut".formatted(tail.sealed())));
        }
    }

    private void tellMissing(int event) {
        String id = leaves.events().id(event);
        String name = id == null ? "an event with leaf hash " + leaves.events().leaf(event) : id;
        Long replacedBy = leaves.replacedBy(event);
        boolean pruned = tail.firstLine() > 0;
        boolean unplaced = id == null || tail.firstId() == null || tail.lastId() == null;
        if (replacedBy != null) {
            findings.add(Finding.ofLines(
                    Rule.ANCHOR_EVENT,
                    Verdict.ROLLED_BACK,
                    fileOf(replacedBy + 1),
                    new Finding.Lines(replacedBy, replacedBy + 1),
                    name + " as it was seen",
                    "another line under this id"));
        } else if (pruned && unplaced) {
            findings.add(prunedEvents(
                    name + ", which is not there: it was pruned, or never there: of a hash this is not to be told"));
        } else if (pruned && compare(id, tail.firstId()) < 0) {
            prunedEvents++;
            firstPruned = prunedEvents == 1 || compare(id, firstPruned) < 0 ? name : firstPruned;
            lastPruned = prunedEvents == 1 || compare(id, lastPruned) > 0 ? name : lastPruned;
        } else {
            boolean inside = !unplaced && compare(id, tail.lastId()) <= 0;
            findings.add(Finding.ofLog(
                    Rule.ANCHOR_EVENT,
                    inside ? Verdict.ROLLED_BACK : Verdict.TRUNCATED,
                    name + " in the log",
                    inside ? "none, though the log has earlier and later ones" : "none"));
        }
    }

    /** A place that has all events has more of them than a log that is pruned: that is one thing to know, and not many. */
    private void tellPruned() {
        if (prunedEvents == 1) {
            findings.add(prunedEvents(firstPruned + ", which is not there: it was pruned"));
        } else if (prunedEvents > 1) {
            findings.add(prunedEvents("%,d events from %s to %s, which are not there: they were pruned"
                    .formatted(prunedEvents, firstPruned, lastPruned)));
        }
    }

    private static Finding prunedEvents(String found) {
        return Finding.ofLog(Rule.ANCHOR_PRUNED, Verdict.PRUNED, "", found);
    }

    private void tellGap(Finding.Lines gap) {
        findings.add(Finding.ofLines(
                Rule.ANCHOR_STORED,
                Verdict.NOT_STORED,
                fileOf(gap.first() + 1),
                gap,
                "them where the events are that stand before and behind them",
                "them in the log alone: removed there, refused there, or put into the log later"));
    }

    /** Ids of one length rise with the log. */
    private static int compare(@Nullable String id, @Nullable String other) {
        return String.valueOf(id).compareTo(String.valueOf(other));
    }

    private String lastFile() {
        Link last = chain.last();
        return last == null ? "" : last.segment();
    }

    private String fileOf(long size) {
        String file = "";
        for (Link link : chain.links()) {
            StatementWalk statements = link.statements();
            file = statements != null && statements.start().first() < size ? link.segment() : file;
        }
        return file;
    }
}
