package dev.affidavit.forward;

import dev.affidavit.spi.FrameworkStatus;
import org.jspecify.annotations.Nullable;

/** A framework whose status listener fails. */
final class ThrowingStatus implements FrameworkStatus {
    @Override
    public void info(String message) {
        throw new IllegalStateException(message);
    }

    @Override
    public void warn(String message) {
        throw new IllegalStateException(message);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        throw new IllegalStateException(message, cause);
    }
}
