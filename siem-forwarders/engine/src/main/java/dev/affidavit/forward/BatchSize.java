package dev.affidavit.forward;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How large a batch the destination takes, as far as it was found out by sending too large ones. Not thread-safe. */
final class BatchSize {
    /** How long a size that was found is kept before twice of it is tried: a try costs one batch that is sent in vain. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final LongSupplier nanos;
    private long limit = NO_LIMIT;
    private long foundAt;

    BatchSize(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** In bytes; a line that is larger is a batch by itself. */
    long limit() {
        if (limit != NO_LIMIT && nanos.getAsLong() - foundAt >= KEPT.toNanos()) {
            limit = limit > NO_LIMIT / 2 ? NO_LIMIT : 2 * limit;
            foundAt = nanos.getAsLong();
        }
        return limit;
    }

    /** A batch of several lines was too large. */
    void tooLarge(long bytes) {
        limit = bytes / 2;
        foundAt = nanos.getAsLong();
    }
}
