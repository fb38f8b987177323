package dev.affidavit.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
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

    /** More than waiting takes. */
    private static final int SPARE_FRAMES = 64;

    private static final AtomicIntegerFieldUpdater<Turns> TAKEN =
            AtomicIntegerFieldUpdater.newUpdater(Turns.class, "taken");

    /**
     * 1 while somebody has the turn. No Lock: at the end of a stack ReentrantLock takes itself first and throws then, and
     * nobody would know that it is to be unlocked. Given back by writing the field, which needs no stack at all. Unfair: the
     * thread that takes it again is the one whose caches are warm.
     */
    private volatile int taken;

    private final ConcurrentLinkedQueue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();
    private final int yields;
    private final long maxParkNanos;
    private final int spareFrames;

    Turns() {
        this(YIELDS, MAX_PARK_NANOS, SPARE_FRAMES);
    }

    /**
     * @param yields how often a caller steps aside before it sleeps
     * @param maxParkNanos how long it sleeps before it looks again, woken or not
     * @param spareFrames how much of its stack it must have left to wait
     */
    Turns(int yields, long maxParkNanos, int spareFrames) {
        this.yields = yields;
        this.maxParkNanos = maxParkNanos;
        this.spareFrames = spareFrames;
    }

    /**
     * Does the work, on this thread or on the one that has the turn, and returns what it returns, or throws what it throws.
     * An interrupt neither disturbs this nor gets lost. The work must not ask for another turn.
     */
    <T> T take(Work<T> work) throws IOException {
        if (taken == 0 && TAKEN.compareAndSet(this, 0, 1)) {
            try {
                return workAndServe(work);
            } finally {
                taken = 0;
                try {
                    wakeNext();
                } catch (StackOverflowError e) {
                    // Who waits looks by itself, see MAX_PARK_NANOS.
                }
            }
        }
        Waiting<T> own = new Waiting<>(work);
        requireStack(spareFrames); // at the end of it, this must throw before others can do the work, not while they do
        waiting.add(own);
        await(own);
        return own.result();
    }

    @CanIgnoreReturnValue
    private static int requireStack(int frames) {
        return frames == 0 ? 0 : 1 + requireStack(frames - 1);
    }

    private <T> T workAndServe(Work<T> work) throws IOException {
        T result = work.run();
        try {
            serve(); // not after an Error: this thread may be at the end of its stack
        } catch (StackOverflowError e) {
            // It is now; the work is done, and who waits helps itself.
        }
        return result;
    }

    @SuppressWarnings("ThreadPriorityCheck") // measured: see docs/benchmarks.md; right without it too
    private void await(Waiting<?> own) {
        boolean interrupted = false;
        for (int tries = 0; !own.done; tries++) {
            if (taken == 0 && TAKEN.compareAndSet(this, 0, 1)) {
                try {
                    serve();
                } finally {
                    taken = 0;
                    try {
                        wakeNext();
                    } catch (StackOverflowError e) {
                        // Who waits looks by itself, see MAX_PARK_NANOS.
                    }
                }
            } else if (tries < yields) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(this, maxParkNanos);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who waits stays in the queue until it is served: an Error in between costs it a little time, and no more. */
    private void serve() {
        for (int served = 0; served < MOST_SERVED; served++) {
            Waiting<?> next = waiting.peek();
            if (next == null || !next.serve()) {
                return;
            }
            waiting.poll();
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
        /** Is begun anew on another thread if a StackOverflowError ends it: it must leave no trace then. */
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

        /** False if the work must be left to the thread that it is of: the stack of this one has come to its end. */
        boolean serve() {
            if (!done) { // or by one that did not come so far as to take it out of the queue
                try {
                    result = work.run();
                } catch (StackOverflowError e) {
                    if (thread != Thread.currentThread()) {
                        return false;
                    }
                    failure = e;
                } catch (
                        Throwable
                                e) { // an Error too: it is the caller's, not that of the thread that does it the favour
                    failure = e;
                }
                done = true;
                LockSupport.unpark(thread);
            }
            return true;
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
