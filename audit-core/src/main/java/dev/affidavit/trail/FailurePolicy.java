package dev.affidavit.trail;

import dev.affidavit.AuditException;
import dev.affidavit.config.OnFailure;
import dev.affidavit.config.TrailConfig;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogCall;
import dev.affidavit.spi.Receipt;
import dev.affidavit.spi.ShutdownHandler;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens when an event cannot be recorded. Thread-safe. */
final class FailurePolicy {
    private final String appender;
    private final OnFailure onFailure;
    private final FrameworkStatus status;
    private final Losses losses;
    private final ShutdownHandler shutdown;

    FailurePolicy(TrailConfig config, FrameworkStatus status, Losses losses, ShutdownHandler shutdown) {
        this.appender = config.name();
        this.onFailure = config.onFailure();
        this.status = status;
        this.losses = losses;
        this.shutdown = shutdown;
    }

    /** @throws AuditException if the policy is to fail the operation, and this is its thread */
    void onFailure(Throwable cause, LogCall call, @Nullable Receipt receipt) {
        AuditException failure = asAuditException(cause);
        boolean onCallersThread = call.isOnCallersThread();
        if (losses.beginsToFail()) {
            status.error("audit appender '%s': %s".formatted(appender, failure.getMessage()), cause);
        }
        switch (onFailure) {
            case FAIL_OPERATION -> failOperation(failure, onCallersThread, receipt);
            case CONTINUE -> {
                losses.lost(failure, Instant.now());
                if (receipt != null) {
                    receipt.lost();
                }
            }
            case SHUTDOWN -> {
                losses.failed(failure, Instant.now());
                if (receipt != null) {
                    receipt.failed(failure);
                }
                shutdown.shutDown(failure);
            }
        }
    }

    /** An asynchronous stage's thread would die of an exception, and its queue block every caller: it gets none. */
    private void failOperation(AuditException failure, boolean onCallersThread, @Nullable Receipt receipt) {
        if (receipt == null && !onCallersThread) {
            losses.lost(failure, Instant.now());
            return;
        }
        losses.failed(failure, Instant.now());
        if (receipt != null) {
            receipt.failed(failure);
        }
        if (onCallersThread) {
            throw failure;
        }
    }

    private static AuditException asAuditException(Throwable cause) {
        return cause instanceof AuditException already
                ? already
                : new AuditException("audit event not recorded: " + message(cause), cause);
    }

    private static String message(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
