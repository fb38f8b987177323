package dev.affidavit.store;

import org.jspecify.annotations.Nullable;

/**
 * A force that the device refused, without loss: what was written since the last good one was read back from memory, found
 * to be what was written, and copied to a new segment, which the device took.
 *
 * @param segment the file name of the segment, or the oldest of those, of which the device refused a force; it takes no
 *     more lines
 * @param offset its good part ends here: what was behind it is in the copy
 * @param lines how many lines were copied
 * @param copy the file name of the new segment; null if there was nothing to copy
 * @param cut whether what was copied was cut off where it had been; if not, a note says that it is not to be read there,
 *     and the next opening of the log cuts it off
 * @param cause what the device said
 */
public record Rescue(
        String segment, long offset, long lines, @Nullable String copy, boolean cut, Throwable cause) {}
