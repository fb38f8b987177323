package dev.affidavit.store;

/**
 * A segment as it stands in the directory of a log.
 *
 * @param name its file name; names sort by age, as text too
 * @param bytes how many it has; a last line that is not finished counts
 */
public record StoredSegment(String name, long bytes) {}
