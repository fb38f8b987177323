package dev.affidavit.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A small file system of its own (Linux, in memory), which a test can run out of bytes and of inodes, and make read-only, and
 * then mend. Tests that use it say {@link RequiresMount}. Not thread-safe.
 */
public final class TmpFs implements AutoCloseable {
    /** What tmpfs gives out bytes in: a file grows within its last page though no page is free. */
    public static final int PAGE = 4096;

    private static final int CHUNK = 64 * PAGE;

    private final Path directory;
    private final Path ballast;
    private final List<Path> emptyFiles = new ArrayList<>();
    private boolean mounted = true;

    private TmpFs(Path directory) {
        this.directory = directory;
        this.ballast = directory.resolve("ballast");
    }

    /**
     * Mounts a file system that holds so many bytes, rounded up to pages, in as many files as one likes.
     *
     * @param at made if it is missing
     * @throws IllegalStateException if this process may not mount
     */
    public static TmpFs ofSize(Path at, long bytes) {
        return mount(at, "size=" + bytes);
    }

    /** Mounts a file system that holds so many files and directories, its own root included. */
    public static TmpFs ofInodes(Path at, int inodes) {
        return mount(at, "nr_inodes=" + inodes);
    }

    private static TmpFs mount(Path at, String options) {
        try {
            Files.createDirectories(at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.run("mount", "-t", "tmpfs", "-o", options, "affidavit-test", at.toString());
        TmpFs mounted = new TmpFs(at);
        Runtime.getRuntime().addShutdownHook(new Thread(mounted::close));
        return mounted;
    }

    /** Where it is mounted. */
    public Path directory() {
        return directory;
    }

    /** Takes every page that is free. A file that is there may still grow to the end of its last {@link #PAGE}. */
    public void fill() {
        try (OutputStream file = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writeUntilFull(file, new byte[CHUNK]); // fast
            writeUntilFull(file, new byte[PAGE]); // to the last page
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeUntilFull(OutputStream file, byte[] bytes) {
        try {
            while (true) {
                file.write(bytes);
            }
        } catch (IOException full) {
            requireNoSpace(full);
        }
    }

    /** Takes every page that is free but for so many. */
    public void fillBut(int pages) {
        fill();
        try (var file = Files.newByteChannel(ballast, StandardOpenOption.WRITE)) {
            file.truncate(Math.max(0, file.size() - (long) pages * PAGE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes every inode that is free: no file or directory can be made. Files that are there may grow. */
    public void fillInodes() {
        try {
            while (true) {
                Path file = directory.resolve("empty-" + emptyFiles.size());
                Files.createFile(file);
                emptyFiles.add(file);
            }
        } catch (IOException full) {
            requireNoSpace(full);
        }
    }

    private static void requireNoSpace(IOException full) {
        if (!String.valueOf(full.getMessage()).contains("No space left")) {
            throw new UncheckedIOException(full);
        }
    }

    /** Lets it hold so many bytes from now on; what was taken stays so. */
    public void enlarge(long bytes) {
        Command.run("mount", "-o", "remount,size=" + bytes, directory.toString());
    }

    /** Gives back all that was taken. */
    public void free() {
        try {
            Files.deleteIfExists(ballast);
            for (Path file : emptyFiles) {
                Files.delete(file);
            }
            emptyFiles.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it hold so many bytes from now on, rounded up to pages. */
    public void resize(long bytes) {
        Command.run("mount", "-o", "remount,size=" + bytes, directory.toString());
    }

    /** Makes it read-only, for root too. Linux refuses while a file in it is open for writing: see {@link #protect}. */
    public void makeReadOnly() {
        Command.run("mount", "-o", "remount,ro", directory.toString());
    }

    public void makeWritable() {
        Command.run("mount", "-o", "remount,rw", directory.toString());
    }

    /**
     * Lets nobody, root included, make, remove or open for writing anything in what is there now. Who has a file open
     * goes on writing to it. The test is skipped if the kernel cannot do that.
     */
    public void protect() {
        try {
            Command.run("chattr", "-R", "+i", directory.toString());
        } catch (IllegalStateException e) {
            Assumptions.abort("tmpfs knows no immutable files here (Linux 6.6 does): " + e.getMessage());
        }
    }

    public void unprotect() {
        Command.run("chattr", "-R", "-i", directory.toString());
    }

    /** Unmounts it, and forgets what it holds. A process that still has files open there keeps them. */
    @Override
    public void close() {
        if (mounted) {
            mounted = false;
            Command.run("umount", "--lazy", directory.toString());
        }
    }
}
