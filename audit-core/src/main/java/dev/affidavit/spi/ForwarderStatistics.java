package dev.affidavit.spi;

import org.jspecify.annotations.Nullable;

/**
 * A forwarder at one moment.
 *
 * @param name its configured name
 * @param destination where to, without secrets
 * @param connected whether it has a connection
 * @param delivered how many lines the destination took since the start, those sent again included
 * @param lastError the last failure; null if there was none
 */
public record ForwarderStatistics(
        String name,
        String destination,
        boolean connected,
        long delivered,
        @Nullable String lastError) {}
