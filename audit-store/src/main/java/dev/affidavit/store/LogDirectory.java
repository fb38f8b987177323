package dev.affidavit.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a log: where its segments, its id and what the log keeps about itself are found.
 *
 * @param path the real path of the directory
 */
record LogDirectory(Path path) {
    private static final String PRIVATE = ".affidavit";
    private static final String SEAL = ".seal";
    /** S_ISVTX of stat(2). */
    private static final int STICKY = 01000;

    private static final Pattern LOG_ID = Pattern.compile("[0-9a-f]{32}");
    private static final int LOG_ID_BYTES = 16;
    /** Of what is found where an id should be. */
    private static final int MAX_SHOWN = 100;

    /** Opens the directory for a writer, and makes it and its private part if they are missing. */
    static LogDirectory prepare(Path directory) {
        try {
            PrivateFiles.createDirectories(directory.toAbsolutePath());
            LogDirectory prepared = new LogDirectory(directory.toRealPath());
            prepared.requireNoLink();
            for (Path own : List.of(
                    prepared.cursors(), prepared.torn(), prepared.poisoned(), prepared.holds(), prepared.keys())) {
                PrivateFiles.createDirectories(own);
            }
            return prepared;
        } catch (IOException e) {
            throw new StoreException(
                    "%s cannot be used as the directory of a log: %s. Give a directory that this user may create or write."
                            .formatted(directory, e),
                    e);
        }
    }

    /** The directory itself may be reached by links; what the log keeps about itself must be in it. */
    private void requireNoLink() throws IOException {
        Path own = path.resolve(PRIVATE);
        if (Files.isSymbolicLink(own)) {
            throw new IOException(own + " is a link; make it a directory");
        }
    }

    /** Opens the directory of a log that a writer has made. */
    static LogDirectory existing(Path directory) {
        try {
            LogDirectory existing = new LogDirectory(directory.toRealPath());
            if (!isLog(existing.path)) {
                throw new StoreException(
                        "%s is not the directory of a log: it has no %s in it".formatted(directory, PRIVATE));
            }
            return existing;
        } catch (NoSuchFileException e) {
            throw new StoreException("%s: expected the directory of a log, found nothing".formatted(directory), e);
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(directory, e), e);
        }
    }

    /** Whether a writer has made a log in {@code directory}. */
    static boolean isLog(Path directory) {
        return Files.isDirectory(directory.resolve(PRIVATE));
    }

    Path lock() {
        return path.resolve(PRIVATE).resolve("lock");
    }

    Path cursors() {
        return folder("cursors");
    }

    Path torn() {
        return folder("torn");
    }

    /** Which of those the log has recorded. */
    Path recordedTorn() {
        return path.resolve(PRIVATE).resolve("torn-recorded");
    }

    /** A folder of the private part. */
    Path folder(String name) {
        return path.resolve(PRIVATE).resolve(name);
    }

    Path poisoned() {
        return path.resolve(PRIVATE).resolve("poisoned");
    }

    Path holds() {
        return path.resolve(PRIVATE).resolve("holds");
    }

    /** Of the holds that the log has recorded. */
    Path recordedHolds() {
        return path.resolve(PRIVATE).resolve("holds-recorded");
    }

    /** Where the keys are that the log is sealed with. */
    Path keys() {
        return folder("seal");
    }

    Path seal(SegmentName segment) {
        return path.resolve(segment.fileName() + SEAL);
    }

    /** What is kept of the seals of removed segments. */
    Path prunedSeals() {
        return path.resolve("pruned" + SEAL);
    }

    /** The segments that have a seal, oldest first. */
    List<SegmentName> seals() throws IOException {
        return names(name -> name.endsWith(SEAL)
                ? SegmentName.parse(name.substring(0, name.length() - SEAL.length()))
                : Optional.empty());
    }

    Path reserve() {
        return path.resolve(PRIVATE).resolve("reserve");
    }

    Path segment(SegmentName name) {
        return path.resolve(name.fileName());
    }

    private Path id() {
        return path.resolve(PRIVATE).resolve("log-id");
    }

    /** The segments, oldest first. */
    List<SegmentName> segments() throws IOException {
        return names(SegmentName::parse);
    }

    private List<SegmentName> names(Function<String, Optional<SegmentName>> parse) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> parse.apply(file.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) { // how a stream of files fails
            throw e.getCause();
        }
    }

    /** The segments that are later than {@code name}, or all if that is null; oldest first. */
    List<SegmentName> segmentsAfter(@Nullable SegmentName name) throws IOException {
        return segments().stream()
                .filter(segment -> name == null || segment.compareTo(name) > 0)
                .toList();
    }

    /** The random name of this log, made with it. */
    String readId() {
        try {
            String id = new String(PrivateFiles.readSmall(id()), StandardCharsets.US_ASCII).strip();
            if (!LOG_ID.matcher(id).matches()) {
                String found = id.substring(0, Math.min(id.length(), MAX_SHOWN));
                throw new DamagedException("%s: expected 32 hexadecimal digits, found '%s'. Restore it from a backup."
                        .formatted(id(), found));
            }
            return id;
        } catch (IOException e) {
            throw new StoreException("%s, the name of the log, cannot be read: %s".formatted(id(), e), e);
        }
    }

    /** The name of this log; made if the log is new. */
    String readOrCreateId(Disk disk, SecureRandom random) throws IOException {
        if (!Files.exists(id(), LinkOption.NOFOLLOW_LINKS)) {
            byte[] id = new byte[LOG_ID_BYTES];
            random.nextBytes(id);
            disk.replace(id(), (HexFormat.of().formatHex(id) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        return readId();
    }

    /** Whether only its owner may rename what is in it, as in a directory for temporary files. */
    private static boolean isSticky(Path directory) throws IOException {
        return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(directory, "unix:mode") instanceof Integer mode
                && (mode & STICKY) != 0;
    }

    /** What is unsafe about the directory for a writer of this user, each with its remedy; empty if nothing is. */
    List<String> warnings() throws IOException {
        List<String> warnings = exposure();
        String owner = PrivateFiles.isPosix(path) ? Files.getOwner(path).getName() : "";
        String self = System.getProperty("user.name");
        if (!owner.isEmpty() && !owner.equals(self)) {
            warnings.add(
                    "%s belongs to %s, who can replace or remove the log; this process runs as %s. Run: chown %s %s"
                            .formatted(path, owner, self, self, path));
        }
        return warnings;
    }

    /** The part of that which is the same whoever asks. */
    List<String> exposure() throws IOException {
        List<String> warnings = new ArrayList<>();
        String type = Files.getFileStore(path).type();
        if (type.startsWith("nfs") || type.equals("cifs") || type.startsWith("smb")) {
            warnings.add("%s is on %s: its locks and forces cannot be relied on. Use a local file system."
                    .formatted(path, type));
        }
        if (!PrivateFiles.isPosix(path)) {
            warnings.add("%s: this platform has no POSIX modes, so who may read the log is not enforced; and directory"
                            .formatted(path)
                    + " entries cannot be forced, so a new segment may be lost in a power cut. Use Linux.");
            return warnings;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        if (mode.contains(PosixFilePermission.GROUP_WRITE) || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            warnings.add(
                    "%s may be written by others than its owner, who can then replace or remove the log. Run: chmod go-w %s"
                            .formatted(path, path));
        }
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_WRITE) && !isSticky(above)) {
                warnings.add(
                        "%s, above the log, may be written by everybody, who can then put another directory in the log's place. Run: chmod o-w %s"
                                .formatted(above, above));
            }
        }
        return warnings;
    }
}
