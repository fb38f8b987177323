package dev.affidavit.spi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps what a framework would have been told. */
public class FakeStatus implements FrameworkStatus {
    public final List<String> infos = new CopyOnWriteArrayList<>();
    public final List<String> warnings = new CopyOnWriteArrayList<>();
    public final List<String> errors = new CopyOnWriteArrayList<>();

    private volatile Consumer<String> listener = message -> {};

    /** Hears of errors too. */
    public void listener(Consumer<String> hook) {
        listener = hook;
    }

    @Override
    public void info(String message) {
        infos.add(message);
    }

    @Override
    public void warn(String message) {
        warnings.add(message);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        errors.add(message);
        listener.accept(message);
    }
}
