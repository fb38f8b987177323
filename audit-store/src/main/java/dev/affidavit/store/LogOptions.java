package dev.affidavit.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a log is written. Immutable.
 *
 * @param directory where the segments are; made (0700) if it is missing
 * @param maxSegmentBytes a segment that a further line would take beyond this size is closed and a new one begun; a
 *     line larger than this has a segment to itself
 * @param rotationInterval lines on both sides of a multiple of it since the epoch, in UTC, do not share a segment; at
 *     least 1 s
 * @param retention how much of the log is kept
 * @param forceAfterLines how many lines may be written and not yet forced before a force begins
 * @param forceInterval how long a written line may wait for a force to begin
 * @param forceTimeout how long a call waits for the device before it fails
 * @param permissions the mode of segments, from their creation
 * @param lockTimeout how long to wait for a directory that another writer holds
 * @param disk what is done before the disk is full
 * @param seal how the log is sealed; null if it is not, which a sealed log refuses. Whether it is, and its
 *     origin, are settled when it is opened
 */
public record LogOptions(
        Path directory,
        long maxSegmentBytes,
        Duration rotationInterval,
        RetentionLimits retention,
        int forceAfterLines,
        Duration forceInterval,
        Duration forceTimeout,
        Set<PosixFilePermission> permissions,
        Duration lockTimeout,
        DiskLimits disk,
        @Nullable SealOptions seal) {

    public LogOptions {
        permissions = Set.copyOf(permissions);
        require(maxSegmentBytes > 0, "maxSegmentBytes", "at least 1", maxSegmentBytes);
        require(rotationInterval.toSeconds() > 0, "rotationInterval", "at least 1 s", rotationInterval);
        require(
                retention.maxBytes() / 2 >= maxSegmentBytes,
                "maxBytes",
                "at least twice maxSegmentBytes, " + maxSegmentBytes,
                retention.maxBytes());
        require(forceAfterLines > 0, "forceAfterLines", "at least 1", forceAfterLines);
        require(forceInterval.toMillis() > 0, "forceInterval", "at least 1 ms", forceInterval);
        require(forceTimeout.toMillis() > 0, "forceTimeout", "at least 1 ms", forceTimeout);
        require(!lockTimeout.isNegative(), "lockTimeout", "zero or more", lockTimeout);
    }

    /**
     * Options with the defaults: 50 MB or a day, 100 segments and 90 days, a force after 100 lines or 5 s, 30 s for a
     * force, 0600, 10 s for the lock, 1 MB in reserve, a warning below 256 MB, no seal.
     */
    public static Builder in(Path directory) {
        return new Builder(directory);
    }

    /** The same with another seal, or with none. */
    public LogOptions withSeal(@Nullable SealOptions other) {
        return new LogOptions(
                directory,
                maxSegmentBytes,
                rotationInterval,
                retention,
                forceAfterLines,
                forceInterval,
                forceTimeout,
                permissions,
                lockTimeout,
                disk,
                other);
    }

    static void require(boolean holds, String option, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("%s: expected %s, found %s".formatted(option, expected, found));
        }
    }

    /** Collects {@link LogOptions}. Not thread-safe. */
    public static final class Builder {
        private final Path directory;
        private long maxSegmentBytes = 50L * 1024 * 1024;
        private Duration rotationInterval = Duration.ofDays(1);
        private int maxSegments = 100;
        private Duration maxAge = Duration.ofDays(90);
        private Duration minAge = Duration.ZERO;
        private long maxBytes = RetentionLimits.NO_LIMIT;
        private Unshipped unshipped = Unshipped.KEEP;
        private Set<String> pinnedBy = Set.of();
        private int forceAfterLines = 100;
        private Duration forceInterval = Duration.ofSeconds(5);
        private Duration forceTimeout = Duration.ofSeconds(30);
        private Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-------");
        private Duration lockTimeout = Duration.ofSeconds(10);
        private long diskReserveBytes = 1024 * 1024;
        private long diskWarningBytes = 256L * 1024 * 1024;
        private @Nullable SealOptions seal;

        private Builder(Path directory) {
            this.directory = directory;
        }

        @CanIgnoreReturnValue
        public Builder maxSegmentBytes(long bytes) {
            maxSegmentBytes = bytes;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder rotationInterval(Duration interval) {
            rotationInterval = interval;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder maxSegments(int count) {
            maxSegments = count;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder maxAge(Duration age) {
            maxAge = age;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder minAge(Duration age) {
            minAge = age;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder maxBytes(long bytes) {
            maxBytes = bytes;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder unshipped(Unshipped choice) {
            unshipped = choice;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder pinnedBy(Set<String> cursorNames) {
            pinnedBy = cursorNames;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder forceAfterLines(int lines) {
            forceAfterLines = lines;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder forceInterval(Duration interval) {
            forceInterval = interval;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder forceTimeout(Duration timeout) {
            forceTimeout = timeout;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder permissions(Set<PosixFilePermission> mode) {
            permissions = mode;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder lockTimeout(Duration timeout) {
            lockTimeout = timeout;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder diskReserveBytes(long bytes) {
            diskReserveBytes = bytes;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder diskWarningBytes(long bytes) {
            diskWarningBytes = bytes;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder seal(@Nullable SealOptions options) {
            seal = options;
            return this;
        }

        public LogOptions build() {
            return new LogOptions(
                    directory,
                    maxSegmentBytes,
                    rotationInterval,
                    new RetentionLimits(maxSegments, maxAge, minAge, maxBytes, unshipped, pinnedBy),
                    forceAfterLines,
                    forceInterval,
                    forceTimeout,
                    permissions,
                    lockTimeout,
                    new DiskLimits(diskReserveBytes, diskWarningBytes),
                    seal);
        }
    }
}
