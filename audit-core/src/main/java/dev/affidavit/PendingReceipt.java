package dev.affidavit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.spi.Receipt;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
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

    @GuardedBy("lock")
    private final Set<Object> claimedBy = new HashSet<>(2);

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
            return !withdrawn && claimedBy.add(sink);
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

    Answer answer() {
        lock.lock();
        try {
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
