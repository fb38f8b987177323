package dev.affidavit.forward;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.FrameworkStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a forwarder fares. The framework is told of the first of several failures and of their end, not of each: an outage
 * of days is two messages. Used by one thread; {@link #lastError} by any.
 */
final class Health {
    private final ForwarderConfig config;
    private final FrameworkStatus status;
    private long failures;
    private volatile @Nullable String lastError;

    Health(ForwarderConfig config, FrameworkStatus status) {
        this.config = config;
        this.status = status;
    }

    void failed(Throwable cause) {
        String reason = reason(cause);
        lastError = reason;
        failures++;
        if (failures == 1) {
            tell(() -> status.error(
                    "forwarder '%s' cannot deliver to %s: %s. It tries again until it can; the log keeps every event."
                            .formatted(config.name(), config.destination(), reason),
                    cause));
        }
    }

    /** A failure that only a person can end. */
    void halted(Throwable cause) {
        lastError = reason(cause);
        tell(() -> status.error("forwarder '%s' has stopped: %s".formatted(config.name(), reason(cause)), cause));
    }

    void delivered() {
        if (failures > 0) {
            long ended = failures;
            failures = 0;
            tell(() -> status.info("forwarder '%s' delivers to %s again, after %d failed attempt(s)"
                    .formatted(config.name(), config.destination(), ended)));
        }
    }

    boolean isFailing() {
        return failures > 0;
    }

    @Nullable
    String lastError() {
        return lastError;
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** A status listener is the application's own; what it throws must not end the forwarder. */
    private void tell(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException e) {
            lastError = "the framework's status does not take messages: " + e;
        }
    }
}
