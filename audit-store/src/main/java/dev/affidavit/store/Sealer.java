package dev.affidavit.store;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.PruneRecord;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.Succession;
import dev.affidavit.seal.TreeRange;
import dev.affidavit.seal.VerifierKey;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says of a log what is on the device, in its seal files: checkpoints, the succession of epochs, the hand-over from segment to
 * segment, in the order of docs/format.md. Each call can be repeated after it failed. Used by the thread that seals.
 */
final class Sealer implements Closeable {
    private final LogDirectory directory;
    private final Environment environment;
    private final Epochs epochs;
    private final Boundaries boundaries;

    private SealWriter seal;
    /** What the last statement is over. */
    private TreeRange sealed;

    private boolean resumed;

    Sealer(LogDirectory directory, Environment environment, SealState state) {
        this.directory = directory;
        this.environment = environment;
        this.epochs = new Epochs(state, environment.random());
        this.boundaries = new Boundaries(state.current(), state.behind());
        this.seal = state.writer();
        this.sealed = state.found();
        this.resumed = state.resumed();
    }

    Boundaries boundaries() {
        return boundaries;
    }

    long epoch() {
        return epochs.current();
    }

    long sealedLines() {
        return sealed.size();
    }

    /**
     * Brings the seals to where the log is on the device: a writer that went on with the log says so, and segments that are
     * complete are handed over.
     *
     * @param forced how many lines are on the device
     * @param handedOver gets the last checkpoint of each segment that is complete now
     */
    void follow(long forced, Consumer<SignedNote> handedOver) throws IOException {
        epochs.erasePrevious();
        resume();
        for (Boundary next = boundaries.next(); next != null && next.first() <= forced; next = boundaries.next()) {
            handedOver.accept(handOver(next));
        }
    }

    /** What an earlier writer left unsealed belongs to the log from now on. */
    private void resume() throws IOException {
        if (resumed) {
            Boundary next = boundaries.next();
            succeed(next == null ? sealed : before(next), Succession.Reason.START);
            resumed = false;
        }
    }

    /** Seals so many lines, which are on the device and in the current segment. */
    SignedNote checkpoint(TreeRange lines) throws IOException {
        SignedNote note = epochs.sign(new Checkpoint(epochs.origin(), lines.size(), lines.root()));
        seal.append(List.of(note));
        sealed = lines;
        return note;
    }

    /** Begins another epoch. */
    void succeed() throws IOException {
        succeed(sealed, Succession.Reason.TIME);
    }

    private void succeed(TreeRange lines, Succession.Reason reason) throws IOException {
        VerifierKey nextKey = epochs.prepareNext();
        seal.append(List.of(epochs.sign(new Succession(
                epochs.origin(), epochs.current(), nextKey, lines.size(), lines.root(), reason, null, now()))));
        epochs.advance();
        sealed = lines;
        epochs.erasePrevious();
    }

    private SignedNote handOver(Boundary next) throws IOException {
        TreeRange lines = before(next);
        VerifierKey nextKey = epochs.prepareNext();
        SegmentStart start = new SegmentStart(
                epochs.origin(), next.segment().fileName(), lines, epochs.current() + 1, nextKey, now(), null);
        SealWriter begun =
                SealWriter.create(directory.seal(next.segment()), environment.disk(), epochs.signInNext(start));
        SignedNote last;
        try {
            last = epochs.sign(new Checkpoint(epochs.origin(), lines.size(), lines.root()));
            Succession succession = new Succession(
                    epochs.origin(),
                    epochs.current(),
                    nextKey,
                    lines.size(),
                    lines.root(),
                    Succession.Reason.ROTATION,
                    next.segment().fileName(),
                    now());
            seal.append(List.of(last, epochs.sign(succession)));
        } catch (Throwable e) { // an Error too: it is begun again
            begun.close();
            throw e;
        }
        SealWriter left = seal;
        seal = begun;
        sealed = lines;
        boundaries.advance(lines);
        epochs.advance();
        left.close();
        epochs.erasePrevious();
        return last;
    }

    /** The range of all lines before a segment, read back if lines were moved there. */
    private TreeRange before(Boundary next) throws IOException {
        if (next.before() != null) {
            return next.before();
        }
        Boundary current = boundaries.current();
        if (current.before() == null) {
            throw new IllegalStateException("the segment that is being sealed has no beginning");
        }
        LineTree tree = LineTree.after(current.before());
        try (SegmentLines lines = SegmentLines.open(directory.segment(current.segment()))) {
            if (!lines.addTo(tree, next.first())) {
                throw new IOException("%s: expected %d lines, found %d"
                        .formatted(
                                directory.segment(current.segment()),
                                next.first() - current.first(),
                                tree.size() - current.first()));
            }
        }
        return tree.range();
    }

    /** States that retention lets these segments go. */
    void record(List<PrunedSegment> pruned) throws IOException {
        List<SignedNote> notes = new ArrayList<>();
        for (PrunedSegment segment : pruned) {
            notes.add(epochs.sign(new PruneRecord(
                    epochs.origin(),
                    epochs.current(),
                    segment.name().fileName(),
                    segment.first(),
                    segment.end(),
                    segment.root(),
                    segment.reason(),
                    now())));
        }
        seal.append(notes);
    }

    private Instant now() {
        return environment.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() throws IOException {
        seal.close();
    }
}
