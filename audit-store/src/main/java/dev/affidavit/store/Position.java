package dev.affidavit.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A place between two lines of a log: behind line {@code line} of a segment.
 *
 * @param segment the file name of the segment
 * @param offset the byte behind that line's {@code \n}; 0 at the head of the segment
 * @param line how many lines of the segment are before this place
 * @param lastLine the SHA-256 of the line before this place, without its {@code \n}, in lower-case hexadecimal: proof
 *     that the file is still the one it was. Null where {@code offset} is 0
 */
public record Position(
        String segment, long offset, long line, @Nullable String lastLine) {
    public Position {
        if (SegmentName.parse(segment).isEmpty()
                || !Path.of(segment).equals(Path.of(segment).getFileName())) {
            throw new IllegalArgumentException("segment: expected the name of a segment, found '" + segment + "'");
        }
        if (offset < 0 || line < 0 || (offset == 0) != (line == 0) || (offset == 0) != (lastLine == null)) {
            throw new IllegalArgumentException("expected offset, line and lastLine all set or none, found %d, %d, %s"
                    .formatted(offset, line, lastLine));
        }
    }
}
