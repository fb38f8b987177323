package dev.affidavit.store;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The opening of a log, on a thread of its own: what a killed writer left is forced, and a device that hangs does not answer that.
 * What is opened too late is closed again.
 */
final class Opening {
    /** Longer than a healthy device takes, also for all that a killed writer left; a call is another matter. */
    private static final Duration LEAST = Duration.ofSeconds(30);

    private static final Object GIVEN_UP = new Object();

    private final Supplier<LogWriter> open;
    /** The writer or what was thrown; {@link #GIVEN_UP} if nobody waits for it any more. */
    private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();

    private Opening(Supplier<LogWriter> open) {
        this.open = open;
    }

    /** How long to wait for the device. */
    static Duration limit(Duration forceTimeout) {
        return forceTimeout.compareTo(LEAST) > 0 ? forceTimeout : LEAST;
    }

    /** @throws StoreException if it takes longer than {@code limit}; whatever {@code open} throws */
    static LogWriter within(Duration limit, LogOptions options, Supplier<LogWriter> open) {
        return new Opening(open).await(limit, options);
    }

    private LogWriter await(Duration limit, LogOptions options) {
        Thread thread = LogThread.of("affidavit-open " + options.directory().getFileName(), this::run);
        thread.start();
        boolean ended;
        try {
            ended = LogThread.awaitEnd(thread, limit);
        } catch (Throwable e) { // this thread may be at the end of its stack: nobody would own what is opened
            if (!outcome.compareAndSet(null, GIVEN_UP) && outcome.get() instanceof LogWriter opened) {
                opened.close();
            }
            throw e;
        }
        if (!ended && outcome.compareAndSet(null, GIVEN_UP)) {
            throw new StoreException("%s: the device did not answer within %s. The log can be opened again when it has"
                    .formatted(options.directory(), limit));
        }
        Object result = outcome.get();
        if (result instanceof RuntimeException e) {
            throw e;
        }
        if (result instanceof Error e) {
            throw e;
        }
        return (LogWriter) Objects.requireNonNull(result);
    }

    private void run() {
        Object result;
        try {
            result = open.get();
        } catch (Throwable e) { // for who waits
            result = e;
        }
        if (!outcome.compareAndSet(null, result) && result instanceof LogWriter late) {
            late.close();
        }
    }
}
