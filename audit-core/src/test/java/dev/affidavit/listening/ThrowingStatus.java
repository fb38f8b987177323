package dev.affidavit.listening;

import dev.affidavit.spi.FrameworkStatus;
import org.jspecify.annotations.Nullable;

/** A framework whose own listeners fail. */
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
        throw new IllegalStateException(message);
    }
}
