package dev.affidavit.forward;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How large a batch the destination takes, as far as it was found out by sending too large ones. A batch that was one is
 * searched in ever smaller parts. If that ends at a single line which is not taken either, it was that line and not the
 * size: then the rest of the batch goes in parts that grow again, and the limit is what it was before. Not thread-safe.
 */
final class BatchSize {
    /** How long a size that was found is kept before twice of it is tried: a try costs one batch that is sent in vain. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final LongSupplier nanos;
    private long limit = NO_LIMIT;
    private long foundAt;

    /** How many lines are not settled yet of the batch that is being searched; 0 if none is. */
    private int searched;

    private boolean lineToBlame;
    private long limitBefore;
    private long foundBefore;

    BatchSize(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** In bytes; a line that is larger is a batch by itself. */
    long limit() {
        if (limit != NO_LIMIT && nanos.getAsLong() - foundAt >= KEPT.toNanos()) {
            limit = doubled();
            foundAt = nanos.getAsLong();
        }
        return limit;
    }

    private long doubled() {
        return limit > NO_LIMIT / 2 ? NO_LIMIT : 2 * limit;
    }

    /** A batch of several lines was too large. */
    void tooLarge(Batch batch) {
        if (searched == 0) {
            searched = batch.size();
            lineToBlame = false;
            limitBefore = limit;
            foundBefore = foundAt;
        }
        limit = batch.bytes() / 2;
        foundAt = nanos.getAsLong();
    }

    /** A batch of one line was too large. */
    void lineTooLarge() {
        lineToBlame = true;
        passed(1);
    }

    /** The destination took so many lines of a batch. */
    void taken(int lines) {
        if (searched > 0 && lineToBlame) {
            limit = Math.min(doubled(), limitBefore);
        }
        passed(lines);
    }

    private void passed(int lines) {
        if (searched > 0) {
            searched = Math.max(0, searched - lines);
            if (searched == 0 && lineToBlame) {
                limit = limitBefore;
                foundAt = foundBefore;
            }
        }
    }
}
