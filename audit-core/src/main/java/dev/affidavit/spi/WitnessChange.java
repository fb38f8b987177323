package dev.affidavit.spi;

/**
 * A witness fares otherwise than before.
 *
 * @param witness the name of its key
 * @param url where it takes checkpoints
 * @param reason in words
 */
public record WitnessChange(String witness, String url, WitnessState from, WitnessState to, String reason) {}
