package dev.affidavit.store;

/**
 * What is sealed of a log.
 *
 * @param sealed how many lines of the log, since it was begun, the last statement is over
 * @param epoch that is current
 */
public record SealStatistics(long sealed, long epoch) {}
