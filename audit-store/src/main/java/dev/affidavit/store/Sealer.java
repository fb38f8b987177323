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
import org.jspecify.annotations.Nullable;

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
    /** Lines of the current segment, while they are read back; null if none are. */
    private @Nullable ReadBack reading;

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
     * <p>One step of it: whoever waits for this thread does not wait for a log that is sealed late.
     *
     * @param forced how many lines are on the device
     * @param handedOver gets the last checkpoint of a segment that is complete now
     * @return whether there is more to be done
     */
    boolean follow(long forced, Consumer<SignedNote> handedOver) throws IOException {
        epochs.erasePrevious();
        resume();
        Boundary next = boundaries.next();
        if (next == null || next.first() > forced) {
            return false;
        }
        TreeRange lines = before(next);
        if (lines != null) {
            handOver(next, lines, handedOver);
        }
        return true;
    }

    /** What an earlier writer left unsealed belongs to the log from now on. */
    private void resume() throws IOException {
        if (resumed) {
            Boundary next = boundaries.next();
            TreeRange lines = next == null ? null : next.before();
            succeed(lines == null ? sealed : lines, Succession.Reason.START);
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

    private void handOver(Boundary next, TreeRange lines, Consumer<SignedNote> handedOver) throws IOException {
        Boundary current = Boundary.of(next.segment(), lines); // behind the statement nothing may run out of memory
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
        boundaries.advance(current);
        epochs.advance();
        try {
            handedOver.accept(last); // before what can fail: it is not done again
            endReading();
        } finally {
            left.close();
        }
        epochs.erasePrevious();
    }

    /** The range of all lines before a segment, read back if that is not known; null if there is more to be read. */
    private @Nullable TreeRange before(Boundary next) throws IOException {
        if (next.before() != null) {
            return next.before();
        }
        return next.isUnread() ? readTo(Long.MAX_VALUE, Long.MAX_VALUE) : read(next.first());
    }

    /**
     * Reads some lines of the current segment, all of which are on the device.
     *
     * @return the range of the first {@code size} lines of the log; null if there are more to be read, in another call
     */
    @Nullable
    TreeRange read(long size) throws IOException {
        TreeRange lines = readTo(size, Long.MAX_VALUE);
        if (lines != null && lines.size() != size) {
            Boundary current = boundaries.current();
            endReading();
            throw new IOException("%s: expected %d lines, found %d"
                    .formatted(
                            directory.segment(current.segment()),
                            size - current.first(),
                            lines.size() - current.first()));
        }
        return lines;
    }

    /** The same, of the lines up to the end of the current segment as it is when it has so many bytes. */
    @Nullable
    TreeRange readBytes(long bytes) throws IOException {
        return readTo(Long.MAX_VALUE, bytes);
    }

    private @Nullable TreeRange readTo(long size, long bytes) throws IOException {
        Boundary current = boundaries.current();
        ReadBack from = reading;
        if (from == null || !from.isOf(current.segment(), size, bytes)) {
            endReading();
            from = ReadBack.open(directory, current, bytes);
            reading = from;
        }
        try {
            return from.read(size);
        } catch (Throwable e) { // an Error too: it is read again from its beginning
            endReading();
            throw e;
        }
    }

    private void endReading() throws IOException {
        ReadBack ended = reading;
        reading = null;
        if (ended != null) {
            ended.close();
        }
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
        try {
            endReading();
        } finally {
            seal.close();
        }
    }
}
