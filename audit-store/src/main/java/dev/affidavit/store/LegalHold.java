package dev.affidavit.store;

/**
 * An order to remove nothing of a log.
 *
 * @param name such as the number of the case
 * @param reason as much of it as is kept; empty if none was given
 */
public record LegalHold(String name, String reason) {}
