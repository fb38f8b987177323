package dev.affidavit.testkit;

import dev.affidavit.spi.FrameworkStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A framework's status channel that keeps what it is told, each message behind its level. Thread-safe. */
public final class RecordingStatus implements FrameworkStatus {
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void info(String message) {
        messages.add("INFO " + message);
    }

    @Override
    public void warn(String message) {
        messages.add("WARN " + message);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        messages.add("ERROR " + message);
    }

    /** In order. */
    public List<String> messages() {
        return List.copyOf(messages);
    }
}
