package dev.affidavit.forward.splunk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Time that passes only while somebody waits, and then at once; and channels that are counted. Used by one thread. */
final class FakeTime {
    private static final Instant START = Instant.parse("2026-11-20T22:24:14Z");

    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicInteger channels = new AtomicInteger();
    private long nanos;

    Surroundings surroundings() {
        InstantSource clock = () -> START.plusNanos(nanos);
        return new Surroundings(() -> new UUID(0, channels.incrementAndGet()), clock, () -> nanos, this::pause);
    }

    private boolean pause(CountDownLatch end, Duration time) {
        if (!time.isZero()) {
            pauses.add(time);
        }
        pass(time);
        return end.getCount() == 0;
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** What was waited for. */
    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    int channels() {
        return channels.get();
    }
}
