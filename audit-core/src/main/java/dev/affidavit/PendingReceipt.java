package dev.affidavit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.spi.Receipt;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The receipt of one {@link AuditLogger} call. The first answer counts, but a failure outweighs a success. */
final class PendingReceipt implements Receipt {
    /** What is known of the event. */
    enum Answer {
        NONE,
        RECORDED,
        LOST,
        FAILED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();

    /** The sinks that record the event or have recorded it, each with the id of its thread. */
    @GuardedBy("lock")
    private final Map<Object, Long> claimedBy = new HashMap<>(2);

    @GuardedBy("lock")
    private boolean withdrawn;

    @GuardedBy("lock")
    private Answer answer = Answer.NONE;

    @GuardedBy("lock")
    private @Nullable AuditException failure;

    @Override
    public boolean claim(Object sink) {
        lock.lock();
        try {
            return !withdrawn
                    && claimedBy.putIfAbsent(sink, Thread.currentThread().getId()) == null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(Object sink) {
        lock.lock();
        try {
            claimedBy.remove(sink);
            answered.signalAll();
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            if (given.compareTo(answer) > 0) {
                answer = given;
                failure = cause;
            }
            answered.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What is known on the thread of the call, when that has come back: a sink that left it unanswered here never will. */
    Answer answer() {
        lock.lock();
        try {
            if (answer == Answer.NONE
                    && claimedBy.containsValue(Thread.currentThread().getId())) {
                answer = Answer.FAILED;
                failure =
                        new AuditException("audit event not known to be recorded: an error ended the call while it was"
                                + " being recorded. Did the stack of its thread come to its end?");
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    AuditException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the event back: who has not claimed it never will, so that a call that fails is not recorded later. Who is
     * recording it right now is waited for.
     */
    Answer withdraw() {
        lock.lock();
        try {
            withdrawn = true;
            while (answer == Answer.NONE && !claimedBy.isEmpty()) {
                answered.awaitUninterruptibly();
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an answer, at most {@code limit}. An interrupt neither ends the wait nor gets lost. */
    Answer await(Duration limit) {
        boolean interrupted = false;
        lock.lock();
        try {
            long left = limit.toNanos();
            while (answer == Answer.NONE && left > 0) {
                long deadline = System.nanoTime() + left;
                try {
                    left = answered.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                    left = deadline - System.nanoTime();
                }
            }
            return answer;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
