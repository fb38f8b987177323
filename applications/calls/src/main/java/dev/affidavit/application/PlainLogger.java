package dev.affidavit.application;

import dev.affidavit.EventType;
import org.jspecify.annotations.Nullable;

/** A logger of the application's own, which knows nothing of audit but a marker. */
public interface PlainLogger {
    /** Logs with the marker of {@code type}. */
    void audit(EventType type, String message, @Nullable Throwable thrown);

    /** Logs without a marker. */
    void info(String message);

    /** Puts a value into the diagnostic context of this thread; null takes it away. */
    void context(String key, @Nullable String value);
}
