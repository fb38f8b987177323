package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments that a log had before it was opened.
 *
 * @param rotated all but the last, oldest first
 * @param last where lines go on; null in a new log
 */
record FoundSegments(List<RotatedSegment> rotated, @Nullable RotatedSegment last) {

    /** Before any of them is changed. */
    static FoundSegments in(LogDirectory directory) throws IOException {
        List<RotatedSegment> found = new ArrayList<>();
        for (SegmentName name : directory.segments()) {
            BasicFileAttributes attributes =
                    Files.readAttributes(directory.segment(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            found.add(new RotatedSegment(
                    name, attributes.size(), attributes.lastModifiedTime().toInstant()));
        }
        RotatedSegment last = found.isEmpty() ? null : found.remove(found.size() - 1);
        return new FoundSegments(found, last);
    }

    /** The same, if another segment is begun behind the last. */
    FoundSegments allRotated() {
        List<RotatedSegment> all = new ArrayList<>(rotated);
        if (last != null) {
            all.add(last);
        }
        return new FoundSegments(all, null);
    }

    /** Oldest first. */
    List<SegmentName> names() {
        List<SegmentName> names = new ArrayList<>();
        rotated.forEach(segment -> names.add(segment.name()));
        if (last != null) {
            names.add(last.name());
        }
        return names;
    }

    /** When the newest line was written; null in a new log. */
    @Nullable
    Instant newestLine() {
        return last == null ? null : last.modified();
    }
}
