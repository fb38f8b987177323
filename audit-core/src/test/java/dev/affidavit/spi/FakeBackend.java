package dev.affidavit.spi;

import dev.affidavit.AuditEvent;
import dev.affidavit.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A logging framework that does what a test hooks in. */
public final class FakeBackend implements AuditBackend {
    private static volatile Consumer<AuditEvent> appender = event -> {};
    private static volatile boolean shutDown;
    private static volatile List<String> obstacles = List.of();
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final Map<String, String> CONTEXT = new HashMap<>();

    /** What becomes of the events logged from now on. */
    public static void appender(Consumer<AuditEvent> hook) {
        reset();
        appender = hook;
    }

    public static void reset() {
        appender = event -> {};
        shutDown = false;
        obstacles = List.of();
        CALLS.set(0);
        CONTEXT.clear();
    }

    public static void shutDown() {
        shutDown = true;
    }

    public static void obstacles(String... found) {
        obstacles = List.of(found);
    }

    /** How often an event was logged. */
    public static int calls() {
        return CALLS.get();
    }

    public static Map<String, String> context() {
        return Map.copyOf(CONTEXT);
    }

    @Override
    public String name() {
        return "Fake";
    }

    @Override
    public boolean isActive() {
        return true;
    }

    @Override
    public int rank() {
        return 100;
    }

    @Override
    public void log(String logger, Severity severity, AuditEvent event) {
        CALLS.incrementAndGet();
        appender.accept(event);
    }

    @Override
    public boolean isShutDown() {
        return shutDown;
    }

    @Override
    public List<String> obstacles(String logger, Severity severity, AuditEvent event) {
        return obstacles;
    }

    @Override
    public void putContext(String key, String value) {
        CONTEXT.put(key, value);
    }

    @Override
    public @Nullable String getContext(String key) {
        return CONTEXT.get(key);
    }

    @Override
    public void removeContext(String key) {
        CONTEXT.remove(key);
    }
}
