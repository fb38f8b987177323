package com.example.alerts;

import java.util.function.Consumer;

/**
 * Who is alarmed. Until the application says so, the system's logger is: the logging framework starts its listeners before
 * an application has made its own objects. Thread-safe.
 */
public final class Alerts {
    private static final System.Logger LOGGER = System.getLogger(Alerts.class.getName());

    private static volatile Consumer<Alert> hook = Alerts::log;

    private Alerts() {}

    /** Calls {@code newHook} with each alert from now on. It may block, and may throw; the listener's thread calls it. */
    public static void to(Consumer<Alert> newHook) {
        hook = newHook;
    }

    static void raise(Alert alert) {
        hook.accept(alert);
    }

    private static void log(Alert alert) {
        LOGGER.log(System.Logger.Level.WARNING, "{0} ({1})", alert.reason(), alert.eventId());
    }
}
