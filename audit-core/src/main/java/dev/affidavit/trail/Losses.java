package dev.affidavit.trail;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the events that were not recorded, and keeps what the log has yet to say of them. Thread-safe. */
final class Losses {
    private final LongAdder failed = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final AtomicReference<@Nullable Unreported> unreported = new AtomicReference<>();
    private volatile @Nullable LastError last;

    /** An event was not recorded, and its caller was told. */
    void failed(Throwable cause, Instant when) {
        last = new LastError(String.valueOf(cause.getMessage()), when); // before the count: who sees that finds it
        failed.increment();
    }

    /** An event was not recorded, and its caller was not told: the log is to say so. */
    void lost(Throwable cause, Instant when) {
        String reason = String.valueOf(cause.getMessage());
        last = new LastError(reason, when);
        lost.increment();
        unreported.updateAndGet(
                before -> before == null ? new Unreported(1, when, when, reason) : before.oneMore(when, reason));
    }

    /** Takes what the log has to say of losses; null if there is nothing. */
    @Nullable
    Unreported takeUnreported() {
        return unreported.get() == null ? null : unreported.getAndSet(null);
    }

    /** Gives back what could not be said. */
    void giveBack(Unreported taken) {
        unreported.updateAndGet(since -> since == null ? taken : taken.and(since));
    }

    /** Takes over what is unreported elsewhere; false if nothing is. */
    boolean adopt(Losses elsewhere) {
        Unreported taken = elsewhere.takeUnreported();
        if (taken != null) {
            lost.add(taken.count());
            giveBack(taken);
        }
        return taken != null;
    }

    long failedCount() {
        return failed.sum();
    }

    long lostCount() {
        return lost.sum();
    }

    @Nullable
    LastError lastError() {
        return last;
    }

    /** The last failure. */
    record LastError(String reason, Instant when) {}

    /** Losses that the log does not know of. */
    record Unreported(long count, Instant first, Instant last, String reason) {
        Unreported oneMore(Instant when, String latestReason) {
            return new Unreported(count + 1, first, when, latestReason);
        }

        Unreported and(Unreported later) {
            return new Unreported(count + later.count, first, later.last, later.reason);
        }
    }
}
