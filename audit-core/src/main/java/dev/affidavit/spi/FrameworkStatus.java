package dev.affidavit.spi;

import org.jspecify.annotations.Nullable;

/** The logging framework's own channel for saying how it fares (StatusLogger, StatusManager). Thread-safe. */
public interface FrameworkStatus {
    void info(String message);

    void warn(String message);

    /**
     * Says what somebody has to see though nothing is wrong, once in the life of a log. By default it is a {@linkplain #warn
     * warning}, which frameworks show.
     */
    default void notice(String message) {
        warn(message);
    }

    void error(String message, @Nullable Throwable cause);

    /** The same, whatever its listeners do: they are the application's own, and what they throw is dropped. */
    static FrameworkStatus guarded(FrameworkStatus status) {
        return new GuardedStatus(status);
    }
}
