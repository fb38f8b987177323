package dev.affidavit.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The unfinished last lines that were cut off a log, kept aside as files, and a file that says which of them the log has
 * recorded: a cut is not forgotten because what followed it failed. Thread-safe, but for {@link #cut}.
 */
final class TornTails {
    private static final String VERSION = "affidavit-torn 1";
    /** The segment, where it was cut, and a number if that happened there before. */
    private static final Pattern NAME = Pattern.compile("(.+\\.log)\\.(\\d{1,18})(?:\\.\\d{1,9})?");

    private final LogDirectory directory;
    private final Disk disk;
    private final RecordedNames recorded;

    TornTails(LogDirectory directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
        this.recorded = new RecordedNames(directory.recordedTorn(), VERSION, disk);
    }

    /** Keeps what stands behind {@code intact} aside, and only then cuts it off. */
    Recovery cut(SegmentName segment, SegmentFile file, long intact) throws IOException {
        byte[] torn = new byte[Math.toIntExact(file.length() - intact)];
        file.read(intact, torn);
        Path keptAt = placeFor(torn, segment.fileName() + "." + intact);
        disk.replace(keptAt, torn);
        file.truncate(intact);
        file.force();
        return new Recovery(segment.fileName(), intact, torn.length, keptAt);
    }

    /** What was kept before, from a tear at the same place, is not replaced, unless it is this one and the cut then failed. */
    private Path placeFor(byte[] torn, String name) throws IOException {
        Set<String> names = recorded.read();
        Path file = directory.torn().resolve(name);
        for (int i = 1; Files.exists(file, LinkOption.NOFOLLOW_LINKS); i++) {
            if (!names.contains(file.getFileName().toString()) && holds(file, torn)) {
                return file;
            }
            file = directory.torn().resolve(name + "." + i);
        }
        return file;
    }

    private static boolean holds(Path file, byte[] bytes) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == bytes.length
                && Arrays.equals(Files.readAllBytes(file), bytes);
    }

    /** What was cut off and not recorded, oldest segment first. */
    List<Recovery> unrecorded() throws IOException {
        Set<String> names = recorded.read();
        List<Recovery> unrecorded = new ArrayList<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches() && !names.contains(name)) {
                unrecorded.add(
                        new Recovery(matcher.group(1), Long.parseLong(matcher.group(2)), Files.size(file), file));
            }
        }
        return unrecorded;
    }

    /** Remembers that the log has recorded it. */
    synchronized void record(Recovery recovery) throws IOException {
        Set<String> names = recorded.read();
        names.retainAll(
                files().stream().map(file -> file.getFileName().toString()).toList());
        names.add(recovery.keptAt().getFileName().toString());
        recorded.write(names);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.torn())) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) { // how a stream of files fails
            throw e.getCause();
        }
    }
}
