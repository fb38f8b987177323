package dev.affidavit.store;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file with the names of what the log has recorded, so that the next writer records what this one could not. Immutable; the
 * file may be used by one thread at a time.
 */
final class RecordedNames {
    private final Path file;
    private final String version;
    private final Disk disk;

    /** @param version the first line of the file */
    RecordedNames(Path file, String version, Disk disk) {
        this.file = file;
        this.version = version;
        this.disk = disk;
    }

    /** Nothing, if the file is not what {@link #write} leaves: to record a thing again does less harm than not to do it at all. */
    Set<String> read() {
        Set<String> names = new TreeSet<>();
        try {
            List<String> lines = new String(PrivateFiles.readSmall(file), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            if (!lines.isEmpty() && lines.get(0).equals(version)) {
                lines.subList(1, lines.size())
                        .forEach(line -> names.add(URLDecoder.decode(line, StandardCharsets.UTF_8)));
            }
        } catch (IOException | IllegalArgumentException none) {
            names.clear();
        }
        return names;
    }

    void write(Set<String> names) throws IOException {
        StringBuilder text = new StringBuilder(version).append('\n');
        names.forEach(name ->
                text.append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('\n'));
        disk.replace(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
