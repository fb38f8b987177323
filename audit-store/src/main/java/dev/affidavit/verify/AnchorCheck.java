package dev.affidavit.verify;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.Succession;
import dev.affidavit.seal.TreeHash;
import dev.affidavit.verify.Anchors.AnchoredCheckpoint;
import dev.affidavit.verify.Anchors.AnchoredEvent;
import dev.affidavit.verify.ChainCheck.Chain;
import dev.affidavit.verify.ChainCheck.Link;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds what is known from outside against a log whose files were read. Not thread-safe. */
final class AnchorCheck {
    private final AnchorMarks marks;
    private final LogKey logKey;
    private final Cosigners cosigners;
    private final Chain chain;
    private final Tail tail;
    private final boolean tampered;
    private final List<Finding> findings = new ArrayList<>();
    private long anchored;
    private boolean any;

    private AnchorCheck(
            AnchorMarks marks, LogKey logKey, Cosigners cosigners, Chain chain, Tail tail, boolean tampered) {
        this.marks = marks;
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
        AnchorCheck check = new AnchorCheck(marks, logKey, cosigners, chain, tail, tampered);
        long sealedOnce = 0;
        for (AnchoredCheckpoint anchor : anchors.checkpoints()) {
            if (check.isOfLog(anchor)) {
                check.hold(anchor.checkpoint(), cosigners.see(anchor));
                sealedOnce = Math.max(sealedOnce, anchor.checkpoint().size());
            }
        }
        check.requireSealed(sealedOnce);
        check.findings.addAll(cosigners.findings());
        check.any |= leaves.found() > 0;
        leaves.missing().forEach(check::tellMissing);
        return new Held(check.anchored, check.any, check.findings);
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
        TreeHash root = rootAt(anchor.size());
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

    /** From the lines; where they are gone, from what the seals of pruned files say. */
    private @Nullable TreeHash rootAt(long size) {
        TreeHash head = size == 0 ? TreeHash.EMPTY : marks.head(size);
        for (Link link : chain.links()) {
            StatementWalk statements = link.statements();
            if (head == null && statements != null) {
                Succession rotation = statements.rotation();
                if (rotation != null && rotation.size() == size) {
                    head = rotation.root();
                } else if (statements.start().first() == size) {
                    head = statements.start().before().root();
                }
            }
        }
        return head;
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

    private void tellMissing(AnchoredEvent event) {
        String name = event.id() == null ? "an event with leaf hash " + event.leaf() : event.id();
        boolean pruned = tail.firstLine() > 0;
        boolean unplaced = event.id() == null || tail.firstId() == null || tail.lastId() == null;
        if (pruned && (unplaced || compare(event, tail.firstId()) < 0)) {
            findings.add(Finding.ofLog(
                    Rule.ANCHOR_PRUNED,
                    Verdict.PRUNED,
                    "",
                    name + ", which is not there: it was pruned"
                            + (unplaced ? ", or never there: of a hash this is not to be told" : "")));
        } else {
            boolean inside = !unplaced && compare(event, tail.lastId()) <= 0;
            findings.add(Finding.ofLog(
                    Rule.ANCHOR_EVENT,
                    inside ? Verdict.ROLLED_BACK : Verdict.TRUNCATED,
                    name + " in the log",
                    inside ? "none, though the log has earlier and later ones" : "none"));
        }
    }

    /** Ids of one length rise with the log. */
    private static int compare(AnchoredEvent event, @Nullable String id) {
        return String.valueOf(event.id()).compareTo(String.valueOf(id));
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
