package dev.affidavit.verify;

import dev.affidavit.seal.PruneRecord;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.Succession;
import dev.affidavit.seal.TreeRange;
import dev.affidavit.verify.SegmentCheck.Checked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds each file to the one before it, those that were pruned too: whether all of them are one log. Not thread-safe. */
final class ChainCheck {
    private static final String SEAL = SegmentFileName.SEAL;

    private final LogFiles files;
    private final boolean keptDamaged;
    private final List<Link> links;
    private final Map<String, PruneRecord> prunes = new HashMap<>();
    private final Set<String> missingSeals = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private ChainCheck(LogFiles files, boolean keptDamaged, List<Link> links) {
        this.files = files;
        this.keptDamaged = keptDamaged;
        this.links = links;
    }

    /**
     * A seal in its place among all.
     *
     * @param statements null if it has no beginning
     * @param checked the file that it is the seal of; null if both are gone
     */
    record Link(
            String segment,
            @Nullable StatementWalk statements,
            @Nullable Checked checked) {
        boolean hasRotation() {
            return statements != null && statements.rotation() != null;
        }

        /** Whether its seal was read up to its end. */
        boolean isWhole() {
            return statements != null && (checked == null || !checked.sealDamaged());
        }

        String seal() {
            return checked == null ? LogFiles.PRUNED : segment + SEAL;
        }
    }

    /**
     * Files that fit together, or what is wrong with them.
     *
     * @param links the oldest first; without one that does not count
     */
    record Chain(List<Link> links, List<Finding> findings) {
        @Nullable
        Link last() {
            return links.isEmpty() ? null : links.get(links.size() - 1);
        }
    }

    static Chain check(LogFiles files, KeptSeals kept, List<Checked> segments) throws FilesMovedException {
        List<Link> links = new ArrayList<>();
        kept.blocks().forEach(block -> links.add(new Link(block.segment(), block, null)));
        segments.forEach(checked -> links.add(new Link(checked.segment(), checked.statements(), checked)));
        links.sort(Comparator.comparing(Link::segment));
        ChainCheck check = new ChainCheck(files, kept.damaged(), links);
        check.findings.addAll(kept.findings());
        check.run();
        return new Chain(check.links, check.findings);
    }

    private void run() throws FilesMovedException {
        for (Link link : links) {
            if (link.statements() != null) {
                link.statements().prunes().forEach(prune -> prunes.put(prune.segment(), prune));
            }
        }
        leaveOutWhatWasOnlyBegun();
        Link before = null;
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            boolean last = i == links.size() - 1;
            if (before == null) {
                requireBeginning(link);
            } else {
                follow(before, link);
            }
            if (link.checked() != null) {
                findings.addAll(link.checked().findings());
            }
            requireLines(link, last);
            requireFile(link, last);
            before = link;
        }
        if (before != null) {
            requireNoMore(before);
        }
        prunes.values().stream()
                .sorted(Comparator.comparing(PruneRecord::segment))
                .forEach(this::requireSame);
    }

    /** The last seal, if nothing was handed over to it yet. */
    private void leaveOutWhatWasOnlyBegun() {
        if (links.size() < 2) {
            return;
        }
        Link last = links.get(links.size() - 1);
        Link before = links.get(links.size() - 2);
        StatementWalk statements = last.statements();
        if (statements != null
                && statements.statements() == 1
                && last.isWhole()
                && statements.start().broken() == null
                && before.checked() != null
                && before.isWhole()
                && !before.hasRotation()) {
            links.remove(last);
            findings.addAll(last.checked() == null ? List.of() : last.checked().findings());
        }
    }

    private void requireBeginning(Link first) {
        if (first.statements() == null || keptDamaged) {
            return;
        }
        SegmentStart start = first.statements().start();
        if (start.broken() != null) {
            tellBreak(first, start.broken());
        } else if (first.statements().isStartTrusted() && (start.first() != 0 || start.epoch() != 1)) {
            findings.add(Finding.ofFile(
                    Rule.LOG_BEGINS,
                    Verdict.SEAL_MISSING,
                    first.seal(),
                    "the first seal of the log, with line 0 and epoch 1, here or in pruned.seal",
                    "that of line %d and epoch %d: the seals before it are gone"
                            .formatted(start.first(), start.epoch())));
        }
    }

    private void tellBreak(Link link, String why) {
        findings.add(Finding.ofStatement(
                Rule.NO_BREAK, link.seal(), 0, "a file that follows the one before", "a break: " + why));
    }

    private void follow(Link before, Link link) {
        StatementWalk outgoing = before.statements();
        StatementWalk incoming = link.statements();
        if (incoming == null) {
            return;
        }
        SegmentStart start = incoming.start();
        if (start.broken() != null) {
            tellBreak(link, start.broken());
            return;
        }
        if (outgoing == null || !before.isWhole()) {
            requireEnd(before, start);
            return;
        }
        Succession rotation = outgoing.rotation();
        if (rotation == null) {
            tellNotHandedOver(before, link);
            requireEnd(before, start);
        } else if (!link.segment().equals(rotation.nextSegment())) {
            tellOther(before, String.valueOf(rotation.nextSegment()), link);
        } else if (outgoing.isRotationTrusted()) {
            requireFollows(link, start, rotation);
        }
        if (before.checked() != null && before.checked().unfinishedFrom() >= 0 && rotation != null) {
            tellUnfinished(before);
        }
    }

    private void tellNotHandedOver(Link before, Link link) {
        if (before.checked() != null && before.checked().unfinishedFrom() >= 0) {
            tellUnfinished(before);
        } else {
            findings.add(Finding.ofFile(
                    Rule.HANDED_OVER,
                    Verdict.TAMPERED,
                    before.seal(),
                    "a succession to " + link.segment() + " at its end",
                    "none"));
        }
    }

    private void tellUnfinished(Link before) {
        Checked checked = before.checked();
        findings.add(Finding.ofStatement(
                Rule.STATEMENT_FORM,
                before.seal(),
                checked == null ? -1 : checked.unfinishedFrom(),
                "a statement: only the last seal can end in the middle of one",
                "the beginning of one"));
    }

    private void tellOther(Link before, String named, Link link) {
        boolean sealThere = links.stream().anyMatch(other -> other.segment().equals(named));
        if (sealThere) {
            findings.add(Finding.ofFile(
                    Rule.HANDED_OVER,
                    Verdict.TAMPERED,
                    link.seal(),
                    named + " behind " + before.segment(),
                    link.segment()));
        } else if (missingSeals.add(named)) {
            findings.add(Finding.ofFile(
                    Rule.SEAL_THERE,
                    Verdict.SEAL_MISSING,
                    named + SEAL,
                    "the seal that " + before.seal() + " hands over to",
                    files.isThere(named) ? "none" : "none, and no " + named));
        }
    }

    private void requireFollows(Link link, SegmentStart start, Succession rotation) {
        if (start.first() != rotation.size() || !start.before().root().equals(rotation.root())) {
            findings.add(Finding.ofStatement(
                    Rule.FILE_FOLLOWS,
                    link.seal(),
                    0,
                    "first %d and a range with root %s".formatted(rotation.size(), rotation.root()),
                    "%d, %s".formatted(start.first(), start.before().root())));
        }
        if (start.epoch() != rotation.nextEpoch() || !start.key().equals(rotation.nextKey())) {
            findings.add(Finding.ofStatement(
                    Rule.EPOCH_CERTIFIED,
                    link.seal(),
                    0,
                    "epoch %d with the key %s, which the one before certified"
                            .formatted(rotation.nextEpoch(), rotation.nextKey()),
                    "epoch %d, %s".formatted(start.epoch(), start.key())));
        }
    }

    /** Where a seal cannot be relied on up to its end, the next one still tells which lines came before it. */
    private void requireEnd(Link before, SegmentStart next) {
        Checked checked = before.checked();
        TreeRange end = checked == null ? null : checked.end();
        if (checked != null && end != null && !end.equals(next.before())) {
            findings.add(Finding.ofLines(
                    Rule.FILE_FOLLOWS,
                    Verdict.TAMPERED,
                    before.segment(),
                    new Finding.Lines(checked.good(), Math.max(checked.good(), next.first())),
                    "the lines that the next seal goes on from: %d, with root %s"
                            .formatted(next.first(), next.before().root()),
                    "%d, with root %s".formatted(end.size(), end.root())));
        }
    }

    /** As many as its seal says; not more, once it was handed over. */
    private void requireLines(Link link, boolean last) {
        Checked checked = link.checked();
        StatementWalk statements = link.statements();
        TreeRange end = checked == null ? null : checked.end();
        if (checked == null || statements == null || end == null) {
            return;
        }
        if (checked.beyondLines() != null) {
            findings.add(Finding.ofLines(
                    Rule.LINES_THERE,
                    last ? Verdict.TRUNCATED : Verdict.TAMPERED,
                    link.segment(),
                    new Finding.Lines(checked.good(), statements.size()),
                    "at least %d lines up to here, which byte %d of %s seals"
                            .formatted(statements.size(), checked.beyondLines().offset(), link.seal()),
                    Long.toString(end.size())));
        }
        Succession rotation = statements.rotation();
        if (rotation != null && statements.isRotationTrusted() && end.size() > rotation.size()) {
            findings.add(Finding.ofLines(
                    Rule.FILE_ENDS,
                    Verdict.TAMPERED,
                    link.segment(),
                    new Finding.Lines(rotation.size(), end.size()),
                    "the end of the file",
                    "more lines"));
        }
    }

    private void requireFile(Link link, boolean last) {
        StatementWalk statements = link.statements();
        boolean pruned = prunes.containsKey(link.segment());
        boolean there = files.isThere(link.segment());
        if (pruned || statements == null || (link.checked() != null && there)) {
            return;
        }
        if (link.checked() == null) {
            findings.add(Finding.ofFile(
                    Rule.FILE_THERE,
                    Verdict.TAMPERED,
                    link.segment(),
                    "an affidavit-prune that names it, since it is gone",
                    "none"));
        } else if (statements.size() > statements.start().first()) {
            findings.add(Finding.ofLines(
                    Rule.FILE_THERE,
                    last ? Verdict.TRUNCATED : Verdict.TAMPERED,
                    link.segment(),
                    new Finding.Lines(statements.start().first(), statements.size()),
                    "the file, or an affidavit-prune that names it",
                    "none"));
        }
    }

    /** Behind the last seal there is none that it hands over to. */
    private void requireNoMore(Link last) throws FilesMovedException {
        StatementWalk statements = last.statements();
        Succession rotation = statements == null ? null : statements.rotation();
        if (rotation == null) {
            return;
        }
        String next = String.valueOf(rotation.nextSegment());
        if (SegmentFileName.is(next) && !files.isThere(next + SEAL)) {
            files.requireNotThereByNow(next + SEAL);
        }
        boolean file = files.isThere(next);
        findings.add(Finding.ofFile(
                Rule.SEAL_THERE,
                file ? Verdict.SEAL_MISSING : Verdict.TRUNCATED,
                next + SEAL,
                "the seal that " + last.seal() + " hands over to, behind line " + rotation.size(),
                file ? "none" : "none, and no " + next));
        missingSeals.add(next);
    }

    /** What a record says of a file, its own seal has to say. */
    private void requireSame(PruneRecord prune) {
        Link pruned = links.stream()
                .filter(link -> link.segment().equals(prune.segment()))
                .findFirst()
                .orElse(null);
        StatementWalk statements = pruned == null ? null : pruned.statements();
        if (pruned == null && !keptDamaged) {
            findings.add(Finding.ofFile(
                    Rule.PRUNE_RECORD,
                    Verdict.SEAL_MISSING,
                    LogFiles.PRUNED,
                    "what is kept of the seal of " + prune.segment() + ", which was pruned",
                    "nothing"));
        }
        Succession rotation = statements == null ? null : statements.rotation();
        if (statements != null
                && (rotation == null
                        || statements.start().first() != prune.first()
                        || rotation.size() != prune.end()
                        || !rotation.root().equals(prune.root()))) {
            findings.add(Finding.ofFile(
                    Rule.PRUNE_RECORD,
                    Verdict.TAMPERED,
                    prune.segment() + SEAL,
                    "lines %d to before %d, root %s, as its affidavit-prune says"
                            .formatted(prune.first(), prune.end(), prune.root()),
                    "from line %d, %s"
                            .formatted(
                                    statements.start().first(),
                                    rotation == null
                                            ? "not handed over"
                                            : "to before %d, root %s".formatted(rotation.size(), rotation.root()))));
        }
    }
}
