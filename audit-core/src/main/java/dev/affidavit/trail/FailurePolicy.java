package dev.affidavit.trail;

import dev.affidavit.AuditException;
import dev.affidavit.config.OnFailure;
import dev.affidavit.config.TrailConfig;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.Receipt;
import dev.affidavit.spi.ShutdownHandler;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens when an event cannot be recorded. Thread-safe. */
final class FailurePolicy {
    private final String appender;
    private final OnFailure onFailure;
    private final FrameworkStatus status;
    private final ApplicationEnd end;
    /** Made while there is memory. */
    private final AuditException outOfMemory =
            new AuditException("audit event not recorded: there was not even the memory to say why");

    /** Whether the last event failed: the framework hears of the first failure in a row, not of each. */
    private volatile boolean failing;

    FailurePolicy(TrailConfig config, FrameworkStatus status, ShutdownHandler shutdown) {
        this.appender = config.name();
        this.onFailure = config.onFailure();
        this.status = status;
        this.end = new ApplicationEnd(shutdown, status);
    }

    void succeeded() {
        if (failing) {
            failing = false;
        }
    }

    /**
     * Answers the receipt and counts the event.
     *
     * @param onCallersThread an asynchronous stage's thread would die of an exception, and its queue block every caller:
     *     it gets none
     * @throws AuditException if the call must fail, and this is its thread
     */
    void onFailure(Throwable cause, boolean onCallersThread, @Nullable Receipt receipt, Losses losses) {
        fail(cause, onCallersThread, receipt, losses, onFailure == OnFailure.SHUTDOWN);
    }

    /** The same for a call that came when the sink was already closed, but for the end of the application. */
    void onEnd(Throwable cause, boolean onCallersThread, Losses losses) {
        fail(cause, onCallersThread, null, losses, false);
    }

    /** The log does not agree with its seal: only who wants the application ended for a failure wants that for this too. */
    void onTampering(String problem) {
        if (onFailure == OnFailure.SHUTDOWN) {
            end.bringAbout(new AuditException("the audit log does not agree with its seal: " + problem), false);
        }
    }

    private void fail(
            Throwable cause, boolean onCallersThread, @Nullable Receipt receipt, Losses losses, boolean endsAll) {
        AuditException failure = outOfMemory;
        try {
            failure = asAuditException(cause);
            answer(failure, receipt);
            apply(failure, onCallersThread, receipt, losses, endsAll);
        } catch (Throwable e) { // out of memory, or the application's own listener to the framework's status
            answer(failure, receipt); // its caller must not wait for ever
        }
        if (onFailure != OnFailure.CONTINUE && onCallersThread) {
            throw failure;
        }
    }

    private void answer(AuditException failure, @Nullable Receipt receipt) {
        if (receipt == null) {
            return;
        }
        if (onFailure == OnFailure.CONTINUE) {
            receipt.lost();
        } else {
            receipt.failed(failure);
        }
    }

    private void apply(
            AuditException failure,
            boolean onCallersThread,
            @Nullable Receipt receipt,
            Losses losses,
            boolean endsAll) {
        boolean callerIsTold = onFailure != OnFailure.CONTINUE && (receipt != null || onCallersThread);
        try {
            if (callerIsTold) {
                losses.failed(failure, Instant.now());
            } else {
                losses.lost(failure, Instant.now());
            }
            tellFramework(failure);
        } finally { // above all
            if (endsAll) {
                end.bringAbout(failure, onCallersThread);
            }
        }
    }

    private void tellFramework(AuditException failure) {
        boolean begins = !failing;
        failing = true;
        if (begins) {
            status.error("audit appender '%s': %s".formatted(appender, failure.getMessage()), failure);
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
