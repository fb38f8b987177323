package dev.affidavit.witness;

import dev.affidavit.config.WitnessConfig;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.TreeHash;
import dev.affidavit.spi.WitnessChange;
import dev.affidavit.spi.WitnessState;
import dev.affidavit.spi.WitnessStatistics;
import dev.affidavit.store.StoreException;
import dev.affidavit.verify.LogGrowth;
import dev.affidavit.verify.NoProofException;
import dev.affidavit.witness.KeptCheckpoint.Seen;
import dev.affidavit.witness.Submission.Sealed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One witness: gives it the newest checkpoint of the log, with the proof that the log was only added to since the one that it saw
 * last, and keeps what it cosigns. Used by one thread, but for {@link #statistics}.
 */
final class Witness {
    /** How often in a row it is believed that it saw another size than it said: more is two writers of one log. */
    private static final int MAX_SIZES = 3;

    private final WitnessConfig config;
    private final Path directory;
    private final Endpoint endpoint;
    private final KeptCheckpoint kept;
    private final RetryDelay delay;
    private final LongSupplier nanoTime;
    private final Executor thread;
    private final Consumer<WitnessChange> watch;

    private @Nullable Sealed newest;
    /** Gives the request up that is under way; null if none is. */
    private @Nullable Runnable underWay;

    private long requests;
    /** By {@link #nanoTime}; counts after a failure. */
    private long notBefore;

    private int failuresInARow;

    /** The size that the witness saw last, as far as is known. */
    private long known;
    /** Whether it said so itself. */
    private boolean told;
    /** Behind that size, or behind another; null if it has to be read from the files. */
    private @Nullable LogGrowth growth;

    private int sizesTold;
    /** Whether the proof that the witness refused was made from the files again. */
    private boolean provenAgain;
    /** The state that was told last. */
    private WitnessState toldState = WitnessState.WAITING;

    private volatile WitnessStatistics statistics;

    private Witness(
            WitnessConfig config,
            Path directory,
            Endpoint endpoint,
            KeptCheckpoint kept,
            RetryDelay delay,
            LongSupplier nanoTime,
            Executor thread,
            Consumer<WitnessChange> watch,
            @Nullable Seen seen) {
        this.config = config;
        this.directory = directory;
        this.endpoint = endpoint;
        this.kept = kept;
        this.delay = delay;
        this.nanoTime = nanoTime;
        this.thread = thread;
        this.watch = watch;
        this.known = seen == null ? 0 : seen.sealed().size();
        this.statistics = new WitnessStatistics(
                config.name(),
                config.url().toString(),
                WitnessState.WAITING,
                known,
                seen == null ? null : seen.time(),
                0,
                null);
    }

    /**
     * Goes on where it left off with this log.
     *
     * @param thread that uses it, for answers
     */
    static Witness open(
            WitnessConfig config,
            Path directory,
            RetryDelay delay,
            LongSupplier nanoTime,
            Executor thread,
            Consumer<WitnessChange> watch)
            throws IOException {
        KeptCheckpoint kept = KeptCheckpoint.of(directory, config.key());
        return new Witness(
                config,
                directory,
                Endpoint.of(config.url(), config.timeout()),
                kept,
                delay,
                nanoTime,
                thread,
                watch,
                kept.read().orElse(null));
    }

    WitnessConfig config() {
        return config;
    }

    WitnessStatistics statistics() {
        return statistics;
    }

    /** A checkpoint that is newer than those before. The witness is given it, now or once it can be. */
    void offer(Sealed checkpoint) {
        newest = checkpoint;
        LogGrowth carried = growth;
        if (carried != null) {
            try { // now, since the files may be pruned before the witness can be reached
                carried.leadTo(checkpoint.size());
            } catch (IOException | NoProofException e) {
                growth = null; // begun again, and said then
            }
        }
        goOn();
    }

    /** Does what is due. */
    void goOn() {
        Sealed next = newest;
        if (next == null || underWay != null || nanosToNext() > 0) {
            return;
        }
        try {
            send(prepared(next));
        } catch (NoProofException e) {
            fail(WitnessState.UNPROVABLE, "it saw %d lines: %s".formatted(known, e.getMessage()));
            known = 0; // asked again: somebody may have made it forget
            told = false;
        } catch (Throwable e) { // an Error too: it is tried again later, and not at once
            growth = null;
            fail(WitnessState.RETRYING, "it could not be asked: " + e);
        }
    }

    /** How long until {@link #goOn} has something to do; {@link Long#MAX_VALUE} if nothing is to be done. */
    long nanosToNext() {
        if (newest == null || underWay != null) {
            return Long.MAX_VALUE;
        }
        return failuresInARow == 0 ? 0 : Math.max(0, notBefore - nanoTime.getAsLong());
    }

    void stop() {
        Runnable request = underWay;
        underWay = null;
        newest = null;
        if (request != null) {
            request.run();
        }
    }

    private Submission prepared(Sealed sealed) throws IOException, NoProofException {
        if (known > 0 && known <= sealed.size()) {
            try {
                return new Submission(sealed, known, proof(sealed));
            } catch (NoProofException e) {
                growth = null;
                if (told) {
                    throw e;
                }
            }
        }
        known = 0; // that is never right if it saw anything, and it answers with what it saw
        return new Submission(sealed, 0, List.of());
    }

    private List<TreeHash> proof(Sealed sealed) throws IOException, NoProofException {
        LogGrowth behind = growth;
        if (behind == null || behind.oldSize() != known || behind.size() > sealed.size()) {
            behind = LogGrowth.behind(directory, known);
            growth = behind;
        }
        behind.leadTo(sealed.size());
        behind.require(sealed.checkpoint().root());
        return behind.consistencyProof();
    }

    private void send(Submission submission) {
        long number = ++requests;
        underWay = endpoint.send(
                submission,
                (answer, failure) -> thread.execute(() -> {
                    if (number == requests && underWay != null) { // else it was given up
                        underWay = null;
                        answered(submission, answer, failure);
                        goOn();
                    }
                }));
    }

    private void answered(Submission to, @Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null) {
            fail(WitnessState.RETRYING, failure == null ? "no answer" : endpoint.reason(failure));
            return;
        }
        switch (answer.status()) {
            case Answer.COSIGNED -> cosigned(to, answer);
            case Answer.OTHER_SIZE -> otherSize(to, answer);
            case Answer.PROOF_WRONG -> proofWrong(to);
            case Answer.LOG_UNKNOWN, Answer.KEY_UNKNOWN ->
                fail(
                        WitnessState.REFUSED,
                        "it answered %d: it does not know %s, or another key of it. Give its operator the log key"
                                .formatted(
                                        answer.status(),
                                        to.sealed().checkpoint().origin()));
            default ->
                fail(
                        answer.mayPass() ? WitnessState.RETRYING : WitnessState.REFUSED,
                        "it answered %d".formatted(answer.status()));
        }
    }

    private void cosigned(Submission submission, Answer answer) {
        Optional<SignedNote> note = submission.cosigned(config.key(), answer.body());
        if (note.isEmpty()) {
            fail(
                    WitnessState.REFUSED,
                    "its answer has no good cosignature of %s: is that the key of this witness?"
                            .formatted(config.key()));
            return;
        }
        Sealed sealed = submission.sealed();
        known = sealed.size();
        told = true;
        try {
            kept.keep(note.get());
        } catch (StoreException e) {
            fail(WitnessState.RETRYING, "what it cosigned is not kept: " + e.getMessage());
            return;
        }
        goOnBehind(sealed.size());
        newest = sealed.equals(newest) ? null : newest;
        sizesTold = 0;
        provenAgain = false;
        failuresInARow = 0;
        delay.reset();
        tell(WitnessState.COSIGNING, "it cosigned %d lines".formatted(sealed.size()));
        Instant time = config.key().cosigned(note.get()).orElseThrow();
        statistics = new WitnessStatistics(
                config.name(),
                config.url().toString(),
                WitnessState.COSIGNING,
                sealed.size(),
                time,
                statistics.failures(),
                statistics.lastError());
    }

    /** What it will have to be proven next begins here, and these lines may be pruned before. */
    private void goOnBehind(long size) {
        LogGrowth before = growth;
        try {
            growth = before != null && before.size() == size ? before.goneOnFrom() : LogGrowth.behind(directory, size);
        } catch (IOException | NoProofException e) {
            growth = null; // tried again with the next checkpoint, and said then
        }
    }

    private void otherSize(Submission submission, Answer answer) {
        OptionalLong size = answer.size();
        Sealed next = newest == null ? submission.sealed() : newest;
        String origin = next.checkpoint().origin();
        if (size.isEmpty()) {
            fail(WitnessState.REFUSED, "it answered 409 without the size that it saw");
        } else if (size.getAsLong() > next.size()) {
            known = 0;
            fail(
                    WitnessState.DISAGREES,
                    "it has cosigned %d lines of %s, and there are %d sealed here: the log was rolled back, or somebody else writes it too"
                            .formatted(size.getAsLong(), origin, next.size()));
        } else if (size.getAsLong() == submission.oldSize()) {
            boolean same = submission.oldSize() == submission.sealed().size();
            fail(
                    same ? WitnessState.DISAGREES : WitnessState.REFUSED,
                    same
                            ? "it has cosigned %d lines of %s that are not those that are here"
                                    .formatted(size.getAsLong(), origin)
                            : "it answered 409 with the size that it was given, %d".formatted(size.getAsLong()));
        } else if (sizesTold >= MAX_SIZES) {
            sizesTold = 0;
            fail(WitnessState.RETRYING, "it says another size each time: somebody else gives it this log too");
        } else {
            sizesTold++;
            known = size.getAsLong();
            told = true;
            growth = null;
        }
    }

    private void proofWrong(Submission submission) {
        if (submission.oldSize() == 0) {
            fail(WitnessState.REFUSED, "it answered 422, where there was nothing to be proven");
        } else if (!provenAgain) {
            provenAgain = true;
            growth = null;
        } else {
            growth = null;
            fail(
                    WitnessState.DISAGREES,
                    "the %d lines of %s that it has cosigned are not the first ones here: the log was changed, or somebody else writes it too"
                            .formatted(
                                    submission.oldSize(),
                                    submission.sealed().checkpoint().origin()));
        }
    }

    private void fail(WitnessState state, String reason) {
        failuresInARow++;
        notBefore = nanoTime.getAsLong() + delay.next().toNanos();
        if (state != WitnessState.RETRYING || failuresInARow > 1) { // once is nothing
            tell(state, reason);
        }
        WitnessStatistics before = statistics;
        statistics = new WitnessStatistics(
                before.name(),
                before.url(),
                state,
                before.cosigned(),
                before.cosignedAt(),
                before.failures() + 1,
                reason);
    }

    private void tell(WitnessState state, String reason) {
        WitnessState before = toldState;
        if (state != before) {
            toldState = state;
            if (state != WitnessState.COSIGNING || before != WitnessState.WAITING) {
                watch.accept(new WitnessChange(config.name(), config.url().toString(), before, state, reason));
            }
        }
    }
}
