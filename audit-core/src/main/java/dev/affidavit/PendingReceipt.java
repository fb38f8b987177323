package dev.affidavit;

import dev.affidavit.spi.Receipt;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of one {@link AuditLogger} call, waited for by the thread that made it. The first answer counts, but a failure
 * outweighs a success.
 */
final class PendingReceipt implements Receipt {
    /** What is known of the event. */
    enum Answer {
        NONE,
        RECORDED,
        LOST,
        FAILED
    }

    private static final State UNKNOWN = new State(null, false, Answer.NONE, null);

    private static final AtomicReferenceFieldUpdater<PendingReceipt, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(PendingReceipt.class, State.class, "state");

    private volatile State state = UNKNOWN;
    /** The thread that may be parked here: only then does anybody pay for waking it. */
    private volatile @Nullable Thread awaiting;

    @Override
    public boolean claim(Object sink) {
        State now;
        State next;
        do {
            now = state;
            if (now.withdrawn || Claim.isAmong(now.claims, sink)) {
                return false;
            }
            next = new State(
                    new Claim(sink, Thread.currentThread().getId(), now.claims), false, now.answer, now.failure);
        } while (!STATE.compareAndSet(this, now, next));
        return true;
    }

    @Override
    public void release(Object sink) {
        change(now -> new State(Claim.without(now.claims, sink), now.withdrawn, now.answer, now.failure));
        wakeCaller();
    }

    @Override
    public void recorded() {
        give(Answer.RECORDED, null);
    }

    @Override
    public void lost() {
        give(Answer.LOST, null);
    }

    @Override
    public void failed(AuditException cause) {
        give(Answer.FAILED, cause);
    }

    private void give(Answer given, @Nullable AuditException cause) {
        State now;
        State next;
        do {
            now = state;
            next = given.compareTo(now.answer) > 0 ? new State(now.claims, now.withdrawn, given, cause) : now;
        } while (!STATE.compareAndSet(this, now, next));
        wakeCaller();
    }

    private void change(UnaryOperator<State> to) {
        State now;
        do {
            now = state;
        } while (!STATE.compareAndSet(this, now, to.apply(now)));
    }

    private void wakeCaller() {
        LockSupport.unpark(awaiting);
    }

    /** What is known on the thread of the call, when that has come back: a sink that left it unanswered here never will. */
    Answer answer() {
        State now = state;
        while (now.answer == Answer.NONE
                && Claim.isBy(now.claims, Thread.currentThread().getId())) {
            AuditException ended =
                    new AuditException("audit event not known to be recorded: an error ended the call while"
                            + " it was being recorded. Did the stack of its thread come to its end?");
            STATE.compareAndSet(this, now, new State(now.claims, now.withdrawn, Answer.FAILED, ended));
            now = state;
        }
        return now.answer;
    }

    @Nullable
    AuditException failure() {
        return state.failure;
    }

    /**
     * Takes the event back: who has not claimed it never will, so that a call that fails is not recorded later. Who is
     * recording it right now is waited for.
     */
    Answer withdraw() {
        change(now -> new State(now.claims, true, now.answer, now.failure));
        await(() -> state.claims == null, Duration.ofNanos(Long.MAX_VALUE));
        return state.answer;
    }

    /** Waits for an answer, at most {@code limit}. An interrupt neither ends the wait nor gets lost. */
    Answer await(Duration limit) {
        await(() -> false, limit);
        return state.answer;
    }

    /** Returns with an answer, when there is no need of one any more, or at the limit. */
    private void await(BooleanSupplier isNeedless, Duration limit) {
        boolean interrupted = false;
        awaiting = Thread.currentThread(); // before the state is looked at: who changes it then wakes this thread
        long start = System.nanoTime();
        long left = limit.toNanos();
        while (state.answer == Answer.NONE && !isNeedless.getAsBoolean() && left > 0) {
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
            left = limit.toNanos() - (System.nanoTime() - start);
        }
        awaiting = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param claims of the sinks that record the event or have recorded it */
    private record State(
            @Nullable Claim claims,
            boolean withdrawn,
            Answer answer,
            @Nullable AuditException failure) {}

    /** @param thread its id: an event may be kept for longer than the thread lives */
    private record Claim(Object sink, long thread, @Nullable Claim before) {
        static boolean isAmong(@Nullable Claim last, Object sink) {
            for (Claim claim = last; claim != null; claim = claim.before) {
                if (claim.sink.equals(sink)) {
                    return true;
                }
            }
            return false;
        }

        static boolean isBy(@Nullable Claim last, long thread) {
            for (Claim claim = last; claim != null; claim = claim.before) {
                if (claim.thread == thread) {
                    return true;
                }
            }
            return false;
        }

        static @Nullable Claim without(@Nullable Claim last, Object sink) {
            if (last == null) {
                return null;
            }
            Claim before = without(last.before, sink);
            return last.sink.equals(sink) ? before : new Claim(last.sink, last.thread, before);
        }
    }
}
