package dev.affidavit.store;

/**
 * The disk of a log, as housekeeping saw it last.
 *
 * @param usableBytes how much this process may still write; -1 before the first look
 * @param reserveBytes how much of the reserve is held
 */
public record DiskStatistics(long usableBytes, long reserveBytes) {}
