package dev.affidavit.store;

/**
 * What another program did to a file of the log while it was open.
 *
 * @param file its name
 * @param problem a sentence for a person, with the path
 */
public record Tampering(String file, String problem) {}
