package dev.affidavit.store;

import java.nio.file.Path;

/**
 * What the writer found and cut off when it opened a log whose last line was never finished, as a killed process or a
 * power cut leaves it. No line whose append returned is in it, but for {@code WRITTEN} lines after a power cut.
 *
 * @param segment the file name of the segment that was cut
 * @param offset where it was cut
 * @param bytes how many bytes were cut off
 * @param keptAt the file that keeps them
 */
public record Recovery(String segment, long offset, long bytes, Path keptAt) {}
