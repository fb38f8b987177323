package dev.affidavit.spi;

/**
 * Whose log it is. With the log id, the id of an event is unique everywhere.
 *
 * @param logId the random name of the log
 * @param service the configured name of the application; empty if none is
 * @param host the name of this machine
 */
public record LogIdentity(String logId, String service, String host) {}
