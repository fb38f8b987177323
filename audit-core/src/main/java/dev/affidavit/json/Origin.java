package dev.affidavit.json;

/**
 * Where events come from.
 *
 * @param service the configured name of the application; empty if none is, and then a line holds neither
 */
public record Origin(String service, String host) {}
