package dev.affidavit.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The claim of one writer on a directory: an OS lock against other processes, and an entry in the system properties
 * against other class loaders of this one. The entry comes first, since closing any descriptor of a locked file
 * releases every lock that the process holds on it.
 */
final class DirectoryLock implements Closeable {
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final String PROPERTY_PREFIX = "dev.affidavit.writer:";
    /** That the property is there says it all; nobody reads its value. */
    private static final String TAKEN = "taken";

    private final String property;
    private final FileChannel channel;

    private DirectoryLock(String property, FileChannel channel) {
        this.property = property;
        this.channel = channel;
    }

    /** Waits for the directory, at most {@code timeout}. */
    static DirectoryLock acquire(LogDirectory directory, Duration timeout) throws IOException {
        String property = PROPERTY_PREFIX + directory.path();
        boolean interrupted = false;
        try {
            for (long start = System.nanoTime(); ; ) {
                DirectoryLock lock = tryAcquire(directory, property);
                if (lock != null) {
                    return lock;
                }
                if (System.nanoTime() - start >= timeout.toNanos()) {
                    throw new DirectoryInUseException(directory.path(), owner(directory, property), timeout);
                }
                LockSupport.parkNanos(RETRY.toNanos());
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static @Nullable DirectoryLock tryAcquire(LogDirectory directory, String property) throws IOException {
        if (System.getProperties().putIfAbsent(property, TAKEN) != null) {
            return null;
        }
        FileChannel channel = null;
        boolean acquired = false;
        try {
            Path file = directory.lock();
            createIfMissing(file);
            channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            FileLock lock = channel.tryLock();
            acquired = lock != null;
            return acquired ? new DirectoryLock(property, channel) : null;
        } finally {
            if (!acquired) {
                if (channel != null) {
                    channel.close();
                }
                System.clearProperty(property);
            }
        }
    }

    /** Never replaces the file: two processes would each hold a lock, on two files of one name. */
    private static void createIfMissing(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                PrivateFiles.create(file, PrivateFiles.OWNER_ONLY);
            } catch (FileAlreadyExistsException quicker) {
                // Another process made it in between; the lock decides between the two.
            }
        }
    }

    private static String owner(LogDirectory directory, String property) {
        return System.getProperty(property) == null
                ? "another process (it holds a lock on %s)".formatted(directory.lock())
                : "another application in this process";
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            System.clearProperty(property);
        }
    }
}
