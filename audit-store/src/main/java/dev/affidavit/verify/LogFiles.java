package dev.affidavit.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The files of a log at one moment, so that a writer may go on meanwhile. Seals are taken as long as they were then: of two of
 * them, the later first, since a writer leaves the earlier one before it goes on in the later one. Immutable.
 */
final class LogFiles {
    static final String PRUNED = "pruned.seal";

    /** How much is read of a file that is no regular file: never anything. */
    private static final long NOT_REGULAR = -1;

    private static final String CONTROL = ".affidavit";
    private static final String NOTES = "poisoned";

    private final Path directory;
    private final NavigableMap<String, Long> segments;
    private final NavigableMap<String, Long> seals;
    private final Map<String, RefusedForce> notes;

    private LogFiles(
            Path directory,
            NavigableMap<String, Long> segments,
            NavigableMap<String, Long> seals,
            Map<String, RefusedForce> notes) {
        this.directory = directory;
        this.segments = segments;
        this.seals = seals;
        this.notes = notes;
    }

    static LogFiles of(Path directory) throws IOException {
        NavigableMap<String, Long> segments = new TreeMap<>();
        NavigableMap<String, Long> seals = new TreeMap<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
            for (Path path : names) {
                String name = path.getFileName().toString();
                if (SegmentFileName.is(name)) {
                    segments.put(name, 0L);
                } else if (name.equals(PRUNED) || isSeal(name)) {
                    seals.put(name, 0L);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        // "pruned.seal" sorts before the seals: it is looked at last, when all that is pruned by the later ones is in
        // it
        measure(directory, seals.descendingMap());
        measure(directory, segments);
        return new LogFiles(directory, segments, seals, notes(directory, segments));
    }

    private static boolean isSeal(String name) {
        return name.endsWith(SegmentFileName.SEAL)
                && SegmentFileName.is(name.substring(0, name.length() - SegmentFileName.SEAL.length()));
    }

    private static void measure(Path directory, NavigableMap<String, Long> files) throws IOException {
        for (Map.Entry<String, Long> file : files.entrySet()) {
            file.setValue(length(directory.resolve(file.getKey())));
        }
    }

    private static long length(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? attributes.size() : NOT_REGULAR;
        } catch (NoSuchFileException e) {
            throw new FilesMovedException(file);
        }
    }

    private static Map<String, RefusedForce> notes(Path directory, NavigableMap<String, Long> segments)
            throws IOException {
        Map<String, RefusedForce> notes = new HashMap<>();
        Path control = directory.resolve(CONTROL);
        Path folder = control.resolve(NOTES);
        if (!isDirectory(control) || !isDirectory(folder)) {
            return notes;
        }
        for (String segment : segments.keySet()) {
            Path note = folder.resolve(segment);
            if (Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS)) {
                try (InputStream in = Files.newInputStream(note, LinkOption.NOFOLLOW_LINKS)) {
                    RefusedForce.parse(segment, in.readNBytes(RefusedForce.MAX_BYTES))
                            .filter(parsed -> segments.containsKey(parsed.copy()))
                            .ifPresent(parsed -> notes.put(segment, parsed));
                } catch (NoSuchFileException e) {
                    throw new FilesMovedException(note);
                }
            }
        }
        return notes;
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Names of the files that have a seal. */
    List<String> sealed() {
        return seals.keySet().stream()
                .filter(name -> !name.equals(PRUNED))
                .map(name -> name.substring(0, name.length() - SegmentFileName.SEAL.length()))
                .toList();
    }

    /** Names of the files of the log, the oldest first. */
    List<String> segments() {
        return List.copyOf(segments.keySet());
    }

    boolean hasSeal(String segment) {
        return seals.containsKey(segment + SegmentFileName.SEAL);
    }

    /** Names of the seals, {@code pruned.seal} first and then the oldest. */
    List<String> seals() {
        return List.copyOf(seals.keySet());
    }

    /** Of a file or a seal, as it was. */
    long length(String name) {
        return segments.getOrDefault(name, seals.getOrDefault(name, 0L));
    }

    /** Whether a file or a seal was there. */
    boolean isThere(String name) {
        return segments.containsKey(name) || seals.containsKey(name);
    }

    boolean isRegular(String name) {
        return isThere(name) && length(name) != NOT_REGULAR;
    }

    /** How many bytes of a file count. */
    long counting(String segment) {
        RefusedForce note = notes.get(segment);
        return note == null ? Long.MAX_VALUE : note.good();
    }

    /** A seal, up to where it was. */
    InputStream openSeal(String name) throws IOException {
        return new FirstBytes(open(name), length(name));
    }

    InputStream open(String name) throws IOException {
        Path file = directory.resolve(name);
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile()) {
                throw new FilesMovedException(file);
            }
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new FilesMovedException(file);
        }
    }

    /** Throws if a file that was not there is there by now. */
    void requireNotThereByNow(String name) throws FilesMovedException {
        if (Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            throw new FilesMovedException(directory.resolve(name));
        }
    }

    /** Bytes of all files and seals. */
    long bytes() {
        long bytes = 0;
        for (long length : segments.values()) {
            bytes += Math.max(0, length);
        }
        for (long length : seals.values()) {
            bytes += Math.max(0, length);
        }
        return bytes;
    }
}
