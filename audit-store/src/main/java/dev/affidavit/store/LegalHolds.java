package dev.affidavit.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The legal holds on a log: while there is one, retention removes nothing. Each is a file in {@code .affidavit/holds}
 * that an operator may make with {@code touch} and remove with {@code rm} as well; its name names the hold, its text is
 * the reason. The writer of the log notices either within half a minute and tells its {@link LogListener}, but removes
 * nothing from the moment on at which the file is there. Thread-safe.
 */
public final class LegalHolds {
    /** A few pages of text; what is longer is cut. */
    static final int MAX_REASON_BYTES = 4096;

    /** What works as a file name everywhere. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final Path directory;
    private final Path log;

    LegalHolds(LogDirectory log) {
        this.directory = log.holds();
        this.log = log.path();
    }

    /**
     * The holds on the log in {@code directory}, which a writer must have made.
     *
     * @throws StoreException if that is not the directory of a log
     */
    public static LegalHolds of(Path directory) {
        return new LegalHolds(LogDirectory.existing(directory));
    }

    /**
     * Places a hold. When this returns it is durable, and but for a segment that is being removed at that moment nothing
     * of the log is removed until it is released.
     *
     * @param name letters, digits, {@code .}, {@code _} and {@code -}; at most 128
     * @throws IllegalArgumentException if that is no such name
     * @throws StoreException if there is one of that name, or it cannot be placed
     */
    public void place(String name, String reason) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name of a legal hold: expected letters, digits, '.', '_' and '-', found '" + name + "'");
        }
        Path file = directory.resolve(name);
        try {
            PrivateFiles.createDirectories(directory); // an older version did not make it
            placeWhole(file, reason);
            PrivateFiles.forceDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            throw new StoreException("legal hold '%s' is on %s already: %s".formatted(name, log, reasonIn(file)), e);
        } catch (IOException e) {
            throw new StoreException("%s: legal hold not known to be placed: %s".formatted(file, e), e);
        }
    }

    /** With its text: the writer may look at any moment, and records each hold once. */
    private void placeWhole(Path file, String reason) throws IOException {
        Path written = directory.resolveSibling("hold-" + UUID.randomUUID());
        PrivateFiles.create(written, PrivateFiles.OWNER_ONLY);
        try {
            PrivateFiles.write(written, reason.getBytes(StandardCharsets.UTF_8));
            link(file, written);
            Files.deleteIfExists(written);
        } catch (Throwable e) {
            PrivateFiles.removeMade(written, e);
            throw e;
        }
    }

    /** Unlike a move, in place of nothing, whoever places one of that name at the same time; but not each file system has links. */
    private static void link(Path file, Path written) throws IOException {
        try {
            Files.createLink(file, written);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException noLinks) {
            Files.move(written, file);
        }
    }

    /**
     * Releases the hold of this name.
     *
     * @throws StoreException if there is none, or it cannot be released
     */
    public void release(String name) {
        Path file = directory.resolve(name);
        if (!directory.equals(file.normalize().getParent())) {
            throw new IllegalArgumentException("name of a legal hold: expected a file name, found '" + name + "'");
        }
        try {
            Files.delete(file);
            PrivateFiles.forceDirectory(directory);
        } catch (NoSuchFileException e) {
            throw new StoreException("no legal hold '%s' is on %s".formatted(name, log), e);
        } catch (IOException e) {
            throw new StoreException("%s: legal hold not known to be released: %s".formatted(file, e), e);
        }
    }

    /**
     * The holds, sorted by name.
     *
     * @throws StoreException if they cannot be listed; nothing is removed then
     */
    public List<LegalHold> list() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> new LegalHold(file.getFileName().toString(), reasonIn(file)))
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new StoreException(
                    "%s: legal holds cannot be listed, so nothing is removed: %s. Make it a directory that this user may read."
                            .formatted(directory, e),
                    e);
        }
    }

    /** Whether anything may be removed: not if there is a hold, nor if nobody can tell. */
    boolean isHeld() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isPresent();
        } catch (IOException | UncheckedIOException inDoubt) {
            return true;
        }
    }

    /** Whatever stands there is a hold; only a regular file can have a text, and nobody must wait at a pipe. */
    private static String reasonIn(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(MAX_REASON_BYTES), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }
}
