package dev.affidavit.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The claim of one user on something: an OS lock on a file against other processes, and an entry in the system properties
 * against other class loaders of this one. The entry comes first, since closing any descriptor of a locked file releases
 * every lock that the process holds on it. Thread-safe.
 */
final class Claim implements Closeable {
    /** That the property is there says it all; nobody reads its value. */
    private static final String TAKEN = "taken";

    private final String property;
    private final FileChannel channel;
    private final boolean first;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Claim(String property, FileChannel channel, boolean first) {
        this.property = property;
        this.channel = channel;
        this.first = first;
    }

    /** Takes it, or returns null if somebody else has it. */
    static @Nullable Claim tryTake(Path file, String property) throws IOException {
        if (System.getProperties().putIfAbsent(property, TAKEN) != null) {
            return null;
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            boolean first = createIfMissing(file);
            PrivateFiles.requireRegular(file);
            channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            FileLock lock = channel.tryLock();
            taken = lock != null;
            return taken ? new Claim(property, channel, first) : null;
        } finally {
            if (!taken) {
                if (channel != null) {
                    channel.close();
                }
                System.clearProperty(property);
            }
        }
    }

    /**
     * Whether somebody has it. Makes no file. A lock can only be seen by trying for one, so who takes it in that moment is told
     * that it is taken.
     */
    static boolean isTaken(Path file, String property) throws IOException {
        if (System.getProperties().putIfAbsent(property, TAKEN) != null) {
            return true;
        }
        try {
            PrivateFiles.requireRegular(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                    FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return lock == null;
            }
        } catch (NoSuchFileException never) {
            return false;
        } finally {
            System.clearProperty(property);
        }
    }

    /** Never replaces the file: two processes would each hold a lock, on two files of one name. */
    private static boolean createIfMissing(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                PrivateFiles.create(file, PrivateFiles.OWNER_ONLY);
                return true;
            } catch (FileAlreadyExistsException quicker) {
                // Another process made it in between; the lock decides between the two.
            }
        }
        return false;
    }

    /** Who has it, if it cannot be taken. */
    static String owner(Path file, String property) {
        return System.getProperty(property) == null
                ? "another process (it holds a lock on %s)".formatted(file)
                : "another application in this process";
    }

    /** Whether nobody took it before. */
    boolean isFirst() {
        return first;
    }

    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return; // a second close must not give away what somebody else took since
        }
        try {
            channel.close();
        } finally {
            System.clearProperty(property);
        }
    }
}
