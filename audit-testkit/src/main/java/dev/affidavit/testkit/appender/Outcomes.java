package dev.affidavit.testkit.appender;

import dev.affidavit.AuditException;
import org.jspecify.annotations.Nullable;

/** What comes of a log call. */
public final class Outcomes {
    private Outcomes() {}

    /** The audit failure that the call ended with, inside whatever the framework wraps it in; null if it returned. */
    public static @Nullable AuditException failureOf(Runnable call) {
        try {
            call.run();
            return null;
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof AuditException failure) {
                    return failure;
                }
            }
            throw e;
        }
    }

    /** The message of {@link #failureOf}; empty if the call returned. */
    public static String messageOf(Runnable call) {
        AuditException failure = failureOf(call);
        return failure == null ? "" : String.valueOf(failure.getMessage());
    }
}
