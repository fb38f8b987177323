package dev.affidavit.store;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time work on what it guards. Whoever has the turn does the work of those who come meanwhile, oldest
 * first, before it lets go: with more callers than cores a lock alone would let a few go round while the others starve.
 * Thread-safe; pins no virtual thread.
 */
final class Turns {
    /** A turn is a few microseconds: to step aside a few times costs less than to sleep and be woken. */
    private static final int YIELDS = 20;

    /** So that a caller's own work is not held up without end by that of others. */
    private static final int MOST_SERVED = 128;

    /** For the case that who had the turn came to the end of its stack before it could wake anybody. */
    private static final long MAX_PARK_NANOS = 100_000_000;

    /** Unfair: the thread that takes it again is the one whose caches are warm. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ConcurrentLinkedQueue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();

    /**
     * Does the work, on this thread or on the one that has the turn, and returns what it returns, or throws what it throws.
     * An interrupt neither disturbs this nor gets lost. The work must not ask for another turn.
     */
    <T> T take(Work<T> work) throws IOException {
        if (lock.tryLock()) {
            try {
                T result = work.run();
                serve(); // not after an Error: this thread may be at the end of its stack
                return result;
            } finally {
                lock.unlock();
                wakeNext();
            }
        }
        Waiting<T> own = new Waiting<>(work);
        waiting.add(own);
        await(own);
        return own.result();
    }

    @SuppressWarnings("ThreadPriorityCheck") // measured: see docs/benchmarks.md; right without it too
    private void await(Waiting<?> own) {
        boolean interrupted = false;
        for (int tries = 0; !own.done; tries++) {
            if (lock.tryLock()) {
                try {
                    serve();
                } finally {
                    lock.unlock();
                    wakeNext();
                }
            } else if (tries < YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(this, MAX_PARK_NANOS);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        for (int served = 0; served < MOST_SERVED; served++) {
            Waiting<?> next = waiting.poll();
            if (next == null) {
                return;
            }
            next.serve();
        }
    }

    /** Whoever came too late to be served: it takes the turn itself, or another does and serves it. */
    private void wakeNext() {
        Waiting<?> next = waiting.peek();
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }

    /** What needs the turn. */
    interface Work<T> {
        T run() throws IOException;
    }

    private static final class Waiting<T> {
        private final Work<T> work;
        private final Thread thread = Thread.currentThread();
        // Published by done.
        private @Nullable T result;
        private @Nullable Throwable failure;
        private volatile boolean done;

        Waiting(Work<T> work) {
            this.work = work;
        }

        void serve() {
            try {
                result = work.run();
            } catch (Throwable e) { // an Error too: it is the caller's, not that of the thread that does it the favour
                failure = e;
            }
            done = true;
            LockSupport.unpark(thread);
        }

        T result() throws IOException {
            Throwable thrown = failure;
            if (thrown instanceof IOException exception) {
                throw exception;
            }
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            return Objects.requireNonNull(result);
        }
    }
}
