package dev.affidavit.spi;

import dev.affidavit.config.Options;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** The provider {@code ear}, whose listeners all remember what they are told in one place. */
public final class FakeListener implements AuditListenerProvider {
    /** The types of events told, each behind the option {@code side}, since {@link #reset}. */
    public static final List<String> HEARD = new CopyOnWriteArrayList<>();

    private static volatile Runnable onEvent = () -> {};

    public static void reset() {
        HEARD.clear();
        onEvent = () -> {};
    }

    /** Waits until so many events were told: a listener that is stopped has only so much time for the rest. */
    public static void await(int count) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (HEARD.size() < count) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("expected %d events to be told, found %s".formatted(count, HEARD));
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    public static void onEvent(Runnable hook) {
        onEvent = hook;
    }

    @Override
    public String name() {
        return "ear";
    }

    @Override
    public AuditListenerFactory configure(Options options) {
        return new Side(options.required("side"));
    }

    /** Of the head. */
    public record Side(String side) implements AuditListenerFactory {
        @Override
        public AuditListener open(LogIdentity log) {
            return event -> {
                HEARD.add(side + " " + event.eventType());
                onEvent.run();
            };
        }
    }
}
