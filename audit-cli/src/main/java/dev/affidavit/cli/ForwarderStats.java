package dev.affidavit.cli;

import org.jspecify.annotations.Nullable;

/**
 * How far a forwarder is, as its files tell.
 *
 * @param segment where its cursor stands; null if it has none that counts, and then the lag is unknown
 * @param lagSegments begun since
 * @param oldestUndelivered the timestamp of the first event behind its cursor; null if there is none
 * @param lagSeconds how long ago that was
 * @param deadLetters those that nobody asked to send again
 * @param problem what is wrong with its cursor; null if nothing is
 */
record ForwarderStats(
        String name,
        @Nullable String segment,
        @Nullable Long offset,
        @Nullable Long lagBytes,
        @Nullable Integer lagSegments,
        @Nullable String oldestUndelivered,
        @Nullable Double lagSeconds,
        @Nullable Long deadLetters,
        @Nullable Long waitingDeadLetters,
        @Nullable String problem) {}
