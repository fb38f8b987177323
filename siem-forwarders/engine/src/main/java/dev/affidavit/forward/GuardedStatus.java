package dev.affidavit.forward;

import dev.affidavit.spi.FrameworkStatus;
import org.jspecify.annotations.Nullable;

/** A status whose listener is the application's own: what it throws must not end a forwarder. Thread-safe as that is. */
final class GuardedStatus implements FrameworkStatus {
    private final FrameworkStatus status;

    GuardedStatus(FrameworkStatus status) {
        this.status = status;
    }

    @Override
    public void info(String message) {
        guarded(() -> status.info(message));
    }

    @Override
    public void warn(String message) {
        guarded(() -> status.warn(message));
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        guarded(() -> status.error(message, cause));
    }

    static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            // There is nobody left to tell.
        }
    }
}
