package dev.affidavit.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** How the processes that are killed write their log. Few small segments: one is begun and removed all the time. */
enum KillKind {
    WRITTEN_BY_SIZE(Durability.WRITTEN, Duration.ofDays(36_500), true, false),
    SYNCED_BY_SIZE(Durability.SYNCED, Duration.ofDays(36_500), false, false),
    WRITTEN_BY_TIME(Durability.WRITTEN, Duration.ofSeconds(1), false, false),
    SYNCED_BY_TIME(Durability.SYNCED, Duration.ofSeconds(1), true, false),
    SEALED_WRITTEN_BY_SIZE(Durability.WRITTEN, Duration.ofDays(36_500), true, true),
    SEALED_SYNCED_BY_TIME(Durability.SYNCED, Duration.ofSeconds(1), false, true);

    /** How much faster than others the clock of the log runs: a segment for each 20 ms then. */
    private static final int SPEED = 50;

    /** Some in the life of a segment. */
    private static final Duration SEAL_INTERVAL = Duration.ofMillis(3);

    private static final long EPOCH_MILLIS =
            Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final Durability durability;
    private final Duration rotationInterval;
    private final boolean forwarded;
    private final boolean sealed;

    KillKind(Durability durability, Duration rotationInterval, boolean forwarded, boolean sealed) {
        this.durability = durability;
        this.rotationInterval = rotationInterval;
        this.forwarded = forwarded;
        this.sealed = sealed;
    }

    Durability durability() {
        return durability;
    }

    /** The readers that have to see a segment before it may be removed. */
    Set<String> cursors() {
        return forwarded ? Set.of("soc") : Set.of();
    }

    LogOptions options(Path log) {
        return LogOptions.in(log)
                .maxSegmentBytes(64 * 1024)
                .rotationInterval(rotationInterval)
                .maxSegments(6)
                .pinnedBy(cursors())
                .seal(sealed ? new SealOptions("example.com/audit", SEAL_INTERVAL, Duration.ofHours(1)) : null)
                .diskReserveBytes(0)
                .lockTimeout(Duration.ZERO)
                .build();
    }

    Environment environment(Disk disk) {
        Environment real = Environment.real();
        InstantSource fast = () -> {
            long passed = System.currentTimeMillis() - EPOCH_MILLIS;
            return Instant.ofEpochMilli(EPOCH_MILLIS + SPEED * passed);
        };
        return new Environment(
                disk, fast, real.nanos(), real.random(), new LineTree(), real.round(), real.readAtOpening());
    }
}
