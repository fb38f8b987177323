package dev.affidavit.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens logs with everything from outside in a test's hand. */
final class TestLog {
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    static final Position HEAD = new Position(SegmentName.first(START).fileName(), 0, 0, null);

    private static final Duration NEVER = Duration.ofHours(1);

    final Path directory;
    final FaultyDisk disk = new FaultyDisk();
    final FakeClock clock = new FakeClock();
    final RecordingListener listener = new RecordingListener();
    private StoredLines stored = new LineTree();
    /** Of {@link Environment#readAtOpening}. */
    private long readAtOpening = Environment.READ_AT_OPENING;

    TestLog(Path directory) {
        this.directory = directory;
    }

    TestLog tellingOf(StoredLines newStored) {
        stored = newStored;
        return this;
    }

    TestLog readingAtOpening(long bytes) {
        readAtOpening = bytes;
        return this;
    }

    /** Options under which nothing is forced unless it is asked for, and no time begins a segment or ends it. Nothing is held in reserve. */
    LogOptions.Builder options() {
        return LogOptions.in(directory)
                .forceAfterLines(Integer.MAX_VALUE)
                .forceInterval(NEVER)
                .rotationInterval(Duration.ofDays(36_500))
                .maxAge(Duration.ofDays(36_500))
                .diskReserveBytes(0)
                .diskWarningBytes(0)
                .lockTimeout(Duration.ZERO);
    }

    LogWriter open() {
        return open(options().build());
    }

    LogWriter open(LogOptions options) {
        return LogWriter.open(options, listener, environment());
    }

    /** Waits until so many lines of the log are sealed; time passes meanwhile. */
    void awaitSealed(LogWriter writer, long lines) {
        Threads.await(lines + " lines are sealed", () -> {
            clock.pass(Duration.ofMillis(1));
            writer.sync();
            SealStatistics seal = writer.statistics().seal();
            return seal != null && seal.sealed() >= lines;
        });
    }

    Environment environment() {
        return environment(disk);
    }

    Environment environment(Disk disk) {
        return environment(disk, clock, stored, readAtOpening);
    }

    static Environment environment(Disk disk, FakeClock clock, StoredLines stored) {
        return environment(disk, clock, stored, Environment.READ_AT_OPENING);
    }

    static Environment environment(Disk disk, FakeClock clock, StoredLines stored, long readAtOpening) {
        return new Environment(disk, clock, clock::nanos, new SecureRandom(), stored, NEVER, readAtOpening);
    }

    /** A clock, and the nanoseconds of one that never jumps. Both stand still until they are moved. */
    static final class FakeClock implements InstantSource {
        private volatile Now now = new Now(START, 0);
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public Instant instant() {
            return now.instant();
        }

        /** Housekeeping asks once in each round, near its end. */
        long nanos() {
            looks.incrementAndGet();
            return now.nanos();
        }

        int looks() {
            return looks.get();
        }

        /** Jumps: no time passes. */
        synchronized void set(Instant to) {
            now = new Now(to, now.nanos());
        }

        synchronized void pass(Duration time) {
            now = new Now(now.instant().plus(time), now.nanos() + time.toNanos());
        }

        private record Now(Instant instant, long nanos) {}
    }
}
