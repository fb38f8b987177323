package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes its time, now this long, now that: what relies on the order in which two threads come to an end shows. Which tests do is
 * found by {@code -Daffidavit.slow-disk=MILLISECONDS}; each of them is wrong, or what it tests is.
 */
final class SlowDisk extends PassingDisk {
    private static final int MAX_MILLIS = Integer.getInteger("affidavit.slow-disk", 0);

    /** The others go on at once, so that threads come in turns. */
    private static final int ONE_IN = 4;

    private SlowDisk(Disk disk) {
        super(disk);
    }

    /** The real one, as slow as it is to be. */
    static Disk real() {
        Disk real = new RealDisk();
        return MAX_MILLIS == 0 ? real : new SlowDisk(real);
    }

    private static void pause() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextInt(ONE_IN) == 0) {
            LockSupport.parkNanos(random.nextLong(Duration.ofMillis(MAX_MILLIS).toNanos()));
        }
    }

    @Override
    public SegmentFile create(Path file, Set<PosixFilePermission> mode) throws IOException {
        pause();
        return new SlowFile(super.create(file, mode));
    }

    @Override
    public SegmentFile open(Path file) throws IOException {
        pause();
        return new SlowFile(super.open(file));
    }

    @Override
    public void delete(Path file) throws IOException {
        pause();
        super.delete(file);
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        pause();
        super.rename(file, name);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        pause();
        super.replace(file, content);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        pause();
        super.forceDirectory(directory);
    }

    private static final class SlowFile extends PassingFile {
        SlowFile(SegmentFile file) {
            super(file);
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            pause();
            super.write(bytes, length);
        }

        @Override
        public void force() throws IOException {
            pause();
            super.force();
            pause();
        }
    }
}
