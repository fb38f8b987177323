package dev.affidavit.spi;

import dev.affidavit.AuditEvent;
import dev.affidavit.Severity;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A log call as an appender gets it, in terms that no framework owns. Used during one call, by one thread. */
public interface LogCall {
    /** Whether the call carries the marker of this name, or one below it. */
    boolean isMarked(String marker);

    /** The name of the call's marker that is below {@code marker}; null if there is none, or it is that marker itself. */
    @Nullable
    String markerBelow(String marker);

    /** The event given as an argument or as the message; null if there is none. */
    @Nullable
    AuditEvent event();

    Instant time();

    /** ERROR and above is CRITICAL, WARN is WARNING, below is INFO. */
    Severity severity();

    /** The formatted message; empty if the call has none. */
    String message();

    @Nullable
    Thrown thrown();

    /** Whether the call has neither key-values, nor anything in its context, nor a throwable. */
    boolean isBare();

    /** The key-values of this call, in order; a key may come twice. */
    void forEachKeyValue(BiConsumer<String, @Nullable Object> consumer);

    /** The thread's diagnostic context (MDC, ThreadContext) as it was at the call. */
    void forEachContextValue(BiConsumer<String, @Nullable String> consumer);

    /** Whether this runs on the thread that made the call, so that an exception reaches it. */
    boolean isOnCallersThread();

    /** What was thrown: its class and its message. */
    record Thrown(String className, @Nullable String message) {
        /** A throwable is the application's own object: what its getMessage throws must not stop the event. */
        public static Thrown of(Throwable thrown) {
            String className = thrown.getClass().getName();
            try {
                return new Thrown(className, thrown.getMessage());
            } catch (Throwable e) {
                return new Thrown(className, "[unreadable: " + e.getClass().getName() + "]");
            }
        }
    }
}
