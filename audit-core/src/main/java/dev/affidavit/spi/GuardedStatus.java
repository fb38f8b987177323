package dev.affidavit.spi;

import org.jspecify.annotations.Nullable;

/** A status that throws nothing. Thread-safe as the one behind it is. */
record GuardedStatus(FrameworkStatus status) implements FrameworkStatus {
    @Override
    public void info(String message) {
        guarded(() -> status.info(message));
    }

    @Override
    public void warn(String message) {
        guarded(() -> status.warn(message));
    }

    @Override
    public void notice(String message) {
        guarded(() -> status.notice(message));
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        guarded(() -> status.error(message, cause));
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            // There is nobody left to tell.
        }
    }
}
