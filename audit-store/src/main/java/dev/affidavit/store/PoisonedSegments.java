package dev.affidavit.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the log knows of segments of which the device refused a force: a note for each, under the segment's name. A note
 * counts only while the copy that it names is there: the copy gets its name last, in one step, and so all notes on it
 * begin to count at once.
 */
final class PoisonedSegments {
    private static final String UNFINISHED = ".tmp";

    private final LogDirectory directory;

    PoisonedSegments(LogDirectory directory) {
        this.directory = directory;
    }

    /** The note on {@code segment}; empty if there is none that counts. */
    Optional<Poisoned> find(SegmentName segment) throws IOException {
        Path file = note(segment);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(file)).filter(this::counts);
        } catch (NoSuchFileException | IllegalArgumentException e) {
            // Without the note lines come again, and none is left out. The writer warns of a note that it cannot read.
            return Optional.empty();
        }
    }

    /** Which file holds what the device refused of this one, be it there or not; empty if nothing says so. */
    Optional<SegmentName> copyOf(SegmentName segment) throws IOException {
        try {
            return Optional.of(read(note(segment)).copy());
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Path note(SegmentName segment) {
        return directory.poisoned().resolve(segment.fileName());
    }

    /** Where a copy is made before it gets its name. */
    Path unfinished(SegmentName copy) {
        return directory.poisoned().resolve(copy.fileName() + UNFINISHED);
    }

    /**
     * Cuts off what stands in a copy too, and removes what a copy that was never finished left, and notes of which the copy is
     * gone.
     *
     * @return what is amiss with the notes
     */
    List<String> settle(Disk disk) throws IOException {
        List<String> warnings = new ArrayList<>();
        for (Path file : files()) {
            if (file.toString().endsWith(UNFINISHED)) {
                disk.delete(file);
                continue;
            }
            Optional<String> problem = problem(file);
            if (problem.isPresent()) {
                warnings.add(problem.get());
            } else {
                settle(read(file), disk).ifPresent(warnings::add);
            }
        }
        return warnings;
    }

    /** The segments on which a note counts, oldest first. */
    List<SegmentName> segments() throws IOException {
        List<SegmentName> segments = new ArrayList<>();
        for (Path file : files()) {
            Optional<SegmentName> name = SegmentName.parse(file.getFileName().toString());
            if (name.isPresent() && find(name.get()).isPresent()) {
                segments.add(name.get());
            }
        }
        return segments;
    }

    /** What is amiss with the notes themselves. */
    List<String> problems() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Path file : files()) {
            if (!file.toString().endsWith(UNFINISHED)) {
                problem(file).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private Optional<String> problem(Path file) throws IOException {
        try {
            read(file);
            return Optional.empty();
        } catch (NoSuchFileException settled) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("%s: %s. Lines of that segment may be read twice. Look at it, and remove it."
                    .formatted(file, e.getMessage()));
        }
    }

    private Optional<String> settle(Poisoned note, Disk disk) throws IOException {
        Path segment = directory.segment(note.segment());
        if (!isOfUse(note)) {
            disk.delete(note(note.segment()));
            return Optional.empty();
        }
        if (!Files.exists(segment, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        FileTime modified = Files.getLastModifiedTime(segment, LinkOption.NOFOLLOW_LINKS);
        try (SegmentFile file = disk.open(segment)) {
            if (file.length() > note.good()) {
                file.truncate(note.good());
                file.force();
                Files.setLastModifiedTime(segment, modified); // its lines are as old as they were
            }
            return file.length() == note.good()
                    ? Optional.empty()
                    : Optional.of("%s: expected %d bytes that were on the device, found %d. Nothing was changed."
                            .formatted(segment, note.good(), file.length()));
        }
    }

    /** Its copy is there; or there is one of that, whose lines say of themselves that they were written to this segment. */
    private boolean isOfUse(Poisoned note) throws IOException {
        Optional<SegmentName> copy = Optional.of(note.copy());
        while (copy.isPresent() && !Files.exists(directory.segment(copy.get()), LinkOption.NOFOLLOW_LINKS)) {
            copy = copyOf(copy.get());
        }
        return copy.isPresent();
    }

    private boolean counts(Poisoned note) {
        return Files.exists(directory.segment(note.copy()), LinkOption.NOFOLLOW_LINKS);
    }

    private Poisoned read(Path file) throws IOException {
        Poisoned note = Poisoned.parse(
                new String(PrivateFiles.readSmall(file), StandardCharsets.ISO_8859_1)); // its check finds other bytes
        if (!file.equals(note(note.segment()))) {
            throw new IllegalArgumentException("expected a note on this segment, found one on "
                    + note.segment().fileName());
        }
        return note;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.poisoned())) {
            return files.sorted().toList();
        } catch (UncheckedIOException e) { // how a stream of files fails
            throw e.getCause();
        }
    }
}
