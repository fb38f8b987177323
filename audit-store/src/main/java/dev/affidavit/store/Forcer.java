package dev.affidavit.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that forces a log to the device, for all callers at once: it takes whatever was written, forces, tells
 * those who waited for it, hashes what was written meanwhile, and begins again. Writers never wait for it unless they ask to.
 */
final class Forcer {
    /** Longer than a healthy device takes for anything; a hung one must not keep a JVM from stopping for ever. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** How long to wait for memory before what needs a little of it is tried again. */
    private static final Duration MEMORY_PAUSE = Duration.ofMillis(100);

    /** A millisecond or so, and more than comes in during most forces. */
    private static final int CHUNKS_BETWEEN_FORCES = 4;

    /** A thread needs some time to wake up, and whoever wakes it again until then pays for nothing. */
    private static final int LINES_BETWEEN_NUDGES = 16;

    private final ActiveLog log;
    private final Rescuer rescuer;
    private final LineRing lines;
    private final LogListener listener;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    // Written by the forcing thread alone, each published by being volatile.
    private volatile long forced;
    private volatile ForceRecord last = new ForceRecord(0, Duration.ZERO, null, null, 0, 0);
    /** True while the thread may be parked: only then does anybody pay for waking it. */
    private volatile boolean idle;

    private volatile boolean stopping;
    // Of the forcing thread alone.
    /** Whether the next force is due at once. */
    private boolean urgent;
    /** Whether the listener heard of the failure. */
    private boolean failureTold;

    Forcer(ActiveLog log, Rescuer rescuer, LineRing lines, LogListener listener, String name) {
        this.log = log;
        this.rescuer = rescuer;
        this.lines = lines;
        this.listener = listener;
        this.thread = LogThread.of(name, this::run);
    }

    void start() {
        thread.start();
    }

    long forced() {
        return forced;
    }

    ForceRecord last() {
        return last;
    }

    /** Makes the thread look for work if line {@code number}, just written, is one more than may wait for a force. */
    void written(long number) {
        long tooMany = number - forced - log.options().forceAfterLines();
        if (tooMany >= 0 && tooMany % LINES_BETWEEN_NUDGES == 0) {
            nudge();
        }
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
        if (forced >= number) {
            return true; // a waiter would stay behind, and have the thread force what nobody asked for
        }
        Waiter waiter = new Waiter(number, Thread.currentThread());
        waiters.add(waiter);
        if (forced >= number) { // since, and those who waited are woken perhaps
            waiters.remove(waiter);
            return true;
        }
        nudge();
        boolean interrupted = false;
        boolean inTime = true;
        long start = System.nanoTime();
        while (inTime && forced < number && log.forceFailure() == null) {
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
            Throwable failure = log.forceFailure();
            throw new NotForcedException("line written, but not forced to the device: " + failure, failure);
        }
        return inTime;
    }

    /** Forces what is left and ends the thread. Nothing is appended any more when this is called. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
        if (!LogThread.awaitEnd(thread, STOP_LIMIT)) {
            throw noAnswer(STOP_LIMIT);
        }
    }

    private NotForcedException noAnswer(Duration limit) {
        return new NotForcedException(
                "%s: the device did not answer a force within %s; the last %d lines are written, but not known to be on it"
                        .formatted(log.path(), limit, log.written() - forced),
                null);
    }

    private void run() {
        boolean ended = false;
        while (!ended) {
            try {
                ended = round();
            } catch (OutOfMemoryError e) { // not out of a force: what was to be done can be done again
                LockSupport.parkNanos(this, MEMORY_PAUSE.toNanos());
            } catch (Throwable e) { // an Error too: callers wait for this thread, and must not wait for ever
                ended = log.forceFailure() != null;
                log.fail(e);
            }
        }
    }

    /** Whether it was the last. Can be repeated after running out of memory wherever that was, but in {@link #force}. */
    private boolean round() {
        boolean last = log.forceFailure() != null || (stopping && log.written() == forced);
        if (!last) {
            awaitWork();
            forceOnce();
        }
        wakeThoseServed(); // in the last round, whoever came while the last force ended
        log.forced(forced);
        hash(last);
        tellOfFailure();
        return last;
    }

    /** All there is in the end; else only so much that the next force does not have to wait for long. */
    private void hash(boolean all) {
        boolean more = lines.hashSome();
        for (int chunks = 1; more && (all || (waiters.isEmpty() && chunks < CHUNKS_BETWEEN_FORCES)); chunks++) {
            more = lines.hashSome();
        }
        urgent |= more; // no rest before it is done
    }

    private void tellOfFailure() {
        Throwable cause = log.forceFailure();
        if (cause != null && !failureTold) {
            LogNotice notice = to -> to.forceFailed(cause);
            failureTold = true; // before a listener that throws, after what can run out of memory
            tell(notice);
        }
    }

    private void awaitWork() {
        long start = System.nanoTime();
        idle = true;
        while (!stopping
                && !urgent
                && waiters.isEmpty()
                && !log.sealIsDue(forced)
                && log.written() - forced < log.options().forceAfterLines()) {
            long left = log.options().forceInterval().toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(this, left);
        }
        idle = false;
        urgent = false;
    }

    private void forceOnce() {
        Unforced unforced = log.takeUnforced();
        if (unforced.upTo() > forced || unforced.changedNames()) {
            force(unforced);
        }
    }

    private void force(Unforced unforced) {
        long start = System.nanoTime();
        try {
            try {
                unforced.force();
            } catch (RefusedForceException e) {
                rescue(unforced, e, start);
                return;
            }
        } catch (Throwable e) { // an Error too: it can stand for a refusal that there was no memory to report
            log.fail(e);
            return;
        }
        try {
            last = last.next(log.now(), since(start));
        } finally {
            forced = unforced.upTo(); // be there memory for the record of it or not
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Sees to it that what the device refused is safe elsewhere: to force it again would prove nothing. */
    private void rescue(Unforced refused, RefusedForceException refusal, long start) throws IOException {
        Rescued rescued;
        try {
            rescued = rescuer.rescue(refused, refusal, last.count());
        } catch (IOException e) {
            IOException lost = new IOException(
                    "%s; and the lines could not be copied to a new segment: %s".formatted(refusal.reason(), e),
                    refusal.reason());
            lost.addSuppressed(e);
            throw lost;
        }
        last = last.next(log.now(), since(start)).rescued(rescued.lines());
        forced = rescued.upTo();
        wakeThoseServed();
        Rescue told = rescuer.leave(rescued, refusal);
        tell(to -> to.rescued(told));
        urgent = true; // what the listener appends
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
        boolean failed = log.forceFailure() != null;
        waiters.removeIf(waiter -> {
            boolean served = waiter.number <= forced || failed;
            if (served) {
                LockSupport.unpark(waiter.thread);
            }
            return served;
        });
    }

    private record Waiter(long number, Thread thread) {}

    /**
     * The forces so far: how many, how long they took together, when the last ended and how long it took; and how many were
     * refused and made good.
     */
    record ForceRecord(
            long count,
            Duration allTook,
            @Nullable Instant ended,
            @Nullable Duration took,
            long rescues,
            long rescuedLines) {
        ForceRecord next(Instant nowEnded, Duration nowTook) {
            return new ForceRecord(count + 1, allTook.plus(nowTook), nowEnded, nowTook, rescues, rescuedLines);
        }

        ForceRecord rescued(long lines) {
            return new ForceRecord(count, allTook, ended, took, rescues + 1, rescuedLines + lines);
        }
    }
}
