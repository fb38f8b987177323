package dev.affidavit.store;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that forces a log to the device, for all callers at once: it takes whatever was written, forces, tells
 * those who waited for it, and begins again. Writers never wait for it unless they ask to.
 */
final class Forcer {
    /** Longer than a healthy device takes for anything; a hung one must not keep a JVM from stopping for ever. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final LogWriter log;
    private final LogListener listener;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    // Written by the forcing thread alone, each published by being volatile.
    private volatile long forced;
    private volatile @Nullable Throwable failure;
    private volatile ForceRecord last = new ForceRecord(0, null, null);
    /** True while the thread may be parked: only then does anybody pay for waking it. */
    private volatile boolean idle;

    private volatile boolean stopping;

    Forcer(LogWriter log, LogListener listener, String name) {
        this.log = log;
        this.listener = listener;
        // It may outlive the application in whose thread the log was opened: no thread locals, no class loader of it.
        this.thread = new Thread(null, this::run, name, 0, false);
        this.thread.setContextClassLoader(Forcer.class.getClassLoader());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    long forced() {
        return forced;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    ForceRecord last() {
        return last;
    }

    /** Makes the thread look for work now. */
    void nudge() {
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Returns when line {@code number} is on the device, or throws if that is not known within {@code limit}. An interrupt
     * neither ends the wait nor gets lost.
     */
    void await(long number, Duration limit) {
        if (!awaitServed(number, TimeUnit.NANOSECONDS.convert(limit))) {
            throw noAnswer(limit);
        }
    }

    /** Whether the wait ended within the limit. */
    private boolean awaitServed(long number, long limitNanos) {
        Waiter waiter = new Waiter(number, Thread.currentThread());
        waiters.add(waiter);
        nudge();
        boolean interrupted = false;
        boolean inTime = true;
        long start = System.nanoTime();
        while (inTime && forced < number && failure == null) {
            long left = limitNanos - (System.nanoTime() - start);
            if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else {
                inTime = false;
                waiters.remove(waiter); // a device that hangs for days must not gather them
            }
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (inTime && forced < number) {
            throw new NotForcedException("line written, but not forced to the device: " + failure, failure);
        }
        return inTime;
    }

    /** Forces what is left and ends the thread. Nothing is appended any more when this is called. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        while (thread.isAlive() && System.nanoTime() < deadline) {
            try {
                thread.join(STOP_LIMIT.toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw noAnswer(STOP_LIMIT);
        }
    }

    private NotForcedException noAnswer(Duration limit) {
        return new NotForcedException(
                "%s: the device did not answer a force within %s; the last %d lines are written, but not known to be on it"
                        .formatted(log.directory(), limit, log.written() - forced),
                null);
    }

    private void run() {
        try {
            while (failure == null && !(stopping && log.written() == forced)) {
                awaitWork();
                forceOnce();
            }
        } catch (Throwable e) { // an Error too: callers wait for this thread, and must not wait for ever
            failure = e;
        }
        wakeThoseServed(); // whoever came while the last force ended
    }

    private void awaitWork() {
        long start = System.nanoTime();
        idle = true;
        while (!stopping
                && waiters.isEmpty()
                && log.written() - forced < log.options().forceAfterLines()) {
            long left = log.options().forceInterval().toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(this, left);
        }
        idle = false;
    }

    private void forceOnce() {
        Unforced unforced = log.takeUnforced();
        if (unforced.upTo() > forced || unforced.changedNames()) {
            try {
                long start = System.nanoTime();
                unforced.force();
                forced = unforced.upTo();
                last = last.next(log.now(), Duration.ofNanos(System.nanoTime() - start));
            } catch (Throwable e) { // an Error too: callers wait for this thread, and must not wait for ever
                failure = e;
            }
        }
        wakeThoseServed();
        Throwable refused = failure;
        if (refused != null) {
            tell(to -> to.forceFailed(refused));
        }
    }

    /** A listener that throws has its own bug; it must not cost the log its only forcing thread. */
    private void tell(LogNotice notice) {
        try {
            notice.tell(listener);
        } catch (Throwable e) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private void wakeThoseServed() {
        waiters.removeIf(waiter -> {
            boolean served = waiter.number <= forced || failure != null;
            if (served) {
                LockSupport.unpark(waiter.thread);
            }
            return served;
        });
    }

    private record Waiter(long number, Thread thread) {}

    /** The forces so far: how many, when the last ended and how long it took. */
    record ForceRecord(
            long count, @Nullable Instant ended, @Nullable Duration took) {
        ForceRecord next(Instant nowEnded, Duration nowTook) {
            return new ForceRecord(count + 1, nowEnded, nowTook);
        }
    }
}
