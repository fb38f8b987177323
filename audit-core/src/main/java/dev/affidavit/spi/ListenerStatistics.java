package dev.affidavit.spi;

import org.jspecify.annotations.Nullable;

/**
 * A listener at one moment; counts are since it was started.
 *
 * @param name its configured name
 * @param told events it was told of, those it failed at included
 * @param failed events it failed at
 * @param missed events whose file was removed before it was told of them
 * @param lastError what it threw last; null if it threw nothing
 */
public record ListenerStatistics(
        String name,
        long told,
        long failed,
        long missed,
        @Nullable String lastError) {}
