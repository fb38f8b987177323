package dev.affidavit.forward;

import dev.affidavit.store.LogReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Time that passes when a test says so, both of the day and of waits; and a device that can be broken. Thread-safe. */
final class FakeMachine {
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final long SEED = 42;

    private final AtomicLong nanos = new AtomicLong();

    /** What the device does when it is to force what was read. */
    volatile Consumer<LogReader> device = LogReader::force;

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    Instant now() {
        return START.plusNanos(nanos.get());
    }

    /** Waits take no time, and end at once. */
    Surroundings surroundings() {
        Surroundings real = Surroundings.real();
        Surroundings.Pause pause = (end, time) -> {
            pass(time);
            return end.getCount() == 0;
        };
        return new Surroundings(
                real.threads(), new Random(SEED), this::now, nanos::get, pause, reader -> device.accept(reader));
    }
}
