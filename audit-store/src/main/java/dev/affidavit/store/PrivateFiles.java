package dev.affidavit.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;

/** Files and directories that only their owner may touch: created with their final mode, made durable by name. */
final class PrivateFiles {
    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    /** More than any file has that a log keeps about itself; whoever can write there must not fill our memory. */
    static final int MAX_SMALL_BYTES = 1024 * 1024;

    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /** Creates an empty file that must not exist. It never has a wider mode than {@code mode}; none is left on failure. */
    static void create(Path file, Set<PosixFilePermission> mode) throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix = isPosix(file);
        FileAttribute<?>[] attributes =
                posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)} : new FileAttribute<?>[0];
        SeekableByteChannel made = Files.newByteChannel(file, options, attributes); // if this fails, a file is not ours
        try (made) {
            if (posix
                    && !Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                            .equals(mode)) {
                Files.setPosixFilePermissions(file, mode); // the umask took away more than was asked for
            }
        } catch (Throwable e) {
            removeMade(file, e);
            throw e;
        }
    }

    /** Removes a file that this process has just made and cannot use. */
    static void removeMade(Path file, Throwable cause) {
        try {
            Files.deleteIfExists(file);
        } catch (Throwable e) {
            if (e != cause) { // the JVM may throw one OutOfMemoryError twice
                cause.addSuppressed(e);
            }
        }
    }

    /** Opens a regular file to be read. Follows no link and waits at no pipe. */
    static InputStream reading(Path file) throws IOException {
        requireRegular(file);
        return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /** All bytes of a small file. Follows no link and waits at no pipe. */
    static byte[] readSmall(Path file) throws IOException {
        try (InputStream in = reading(file)) {
            byte[] bytes = in.readNBytes(MAX_SMALL_BYTES + 1);
            if (bytes.length > MAX_SMALL_BYTES) {
                throw new IOException(
                        "%s is larger than %d bytes, which is no such file".formatted(file, MAX_SMALL_BYTES));
            }
            return bytes;
        }
    }

    /** @throws NoSuchFileException if it is not there */
    static void requireRegular(Path file) throws IOException {
        // One look: it may come into being meanwhile.
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new IOException(file + " is not a regular file; links, devices and pipes are not followed");
        }
    }

    /** Replaces {@code file} in one step: after a crash it holds the old bytes or these, nothing in between. */
    static void replace(Path file, byte[] content) throws IOException {
        Path directory = parentOf(file);
        Path temporary = directory.resolve(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        create(temporary, OWNER_ONLY);
        write(temporary, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(directory);
    }

    /** Writes the content at the head of an existing file, and forces it. */
    static void write(Path file, byte[] content) throws IOException {
        write(file, 0, content);
    }

    /** The same at a place in it. */
    static void write(Path file, long at, byte[] content) throws IOException {
        undisturbed(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes, at + bytes.position());
                }
                channel.force(true);
            }
        });
    }

    /** Creates the directory and those above it that are missing, for the owner alone, and makes them durable. */
    static void createDirectories(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = directory; at != null && !Files.exists(at); at = at.getParent()) {
            missing.push(at);
        }
        FileAttribute<?>[] attributes = isPosix(directory)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY)}
                : new FileAttribute<?>[0];
        for (Path at : missing) {
            try {
                Files.createDirectory(at, attributes);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(at)) {
                    throw e;
                }
            }
            forceDirectory(parentOf(at));
        }
    }

    /** Makes names in the directory durable (Linux: fsync of the directory). Does nothing where that is impossible. */
    static void forceDirectory(Path directory) throws IOException {
        if (isPosix(directory)) {
            undisturbed(() -> {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            });
        }
    }

    /** Puts the thread's interrupt flag aside for the time of the action: a FileChannel that meets it closes itself. */
    static void undisturbed(FileAction action) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    interface FileAction {
        void run() throws IOException;
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Path parentOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no parent directory");
        }
        return parent;
    }
}
