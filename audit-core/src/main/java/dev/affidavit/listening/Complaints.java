package dev.affidavit.listening;

import dev.affidavit.spi.FrameworkStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a listener does wrong, as the framework is told of it: not of each of many failures. Used by one thread; {@link
 * #last} by any.
 */
final class Complaints {
    private final String listener;
    private final FrameworkStatus status;
    private long troubles;
    private volatile @Nullable String last;

    Complaints(String listener, FrameworkStatus status) {
        this.listener = listener;
        this.status = status;
    }

    /** It could not be opened, or the log could not be read. */
    void troubled(Throwable cause) {
        String reason = remember(cause);
        troubles++;
        if (troubles == 1) {
            say(() -> status.error(
                    "audit listener '%s' is not told of events: %s. It is tried again until it can be; the log keeps every event."
                            .formatted(listener, reason),
                    cause));
        }
    }

    void untroubled() {
        if (troubles > 0) {
            long ended = troubles;
            troubles = 0;
            say(() -> status.info("audit listener '%s' is told of events again, after %d failed attempt(s)"
                    .formatted(listener, ended)));
        }
    }

    /**
     * It failed at an event.
     *
     * @param event its id, or where it is
     * @param count of such failures, this one included; the framework is told of the 1st, 10th, 100th and so on
     */
    void failed(String event, Throwable cause, long count) {
        String reason = remember(cause);
        if (isPowerOfTen(count)) {
            say(() -> status.error(
                    "audit listener '%s' failed at event %s: %s. It is told of the next one all the same. Failures so far: %d"
                            .formatted(listener, event, reason, count),
                    cause));
        }
    }

    void missed(long count) {
        say(() -> status.warn("audit listener '%s' is slow: retention removed %d event(s) before it was told of them"
                .formatted(listener, count)));
    }

    void notClosed(Throwable cause) {
        String reason = remember(cause);
        say(() -> status.warn("audit listener '%s' failed when it was closed: %s".formatted(listener, reason)));
    }

    @Nullable
    String last() {
        return last;
    }

    /** A throwable is the listener's own object: what its toString throws must not end the thread. */
    private static String text(Throwable cause) {
        try {
            return String.valueOf(cause.toString());
        } catch (Throwable e) {
            return cause.getClass().getName();
        }
    }

    private String remember(Throwable cause) {
        String reason = text(cause);
        last = reason;
        return reason;
    }

    private static boolean isPowerOfTen(long count) {
        long rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }

    /** A status listener is the application's own; what it throws must not end the listener's thread. */
    private void say(Runnable message) {
        try {
            message.run();
        } catch (Throwable e) { // it may print the listener's own exception
            last = "the framework's status does not take messages: " + text(e);
        }
    }
}
