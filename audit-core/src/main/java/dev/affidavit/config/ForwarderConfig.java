package dev.affidavit.config;

import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.DestinationFactory;

/**
 * A forwarder that was configured.
 *
 * @param name unique in its log; the name of its cursor
 * @param batch how much the destination is given at once
 */
public record ForwarderConfig(String name, DestinationFactory destination, BatchLimits batch) {
    /** A forwarder with the limits that suit its destination. */
    public static ForwarderConfig of(String name, DestinationFactory destination) {
        return new ForwarderConfig(name, destination, destination.batchLimits());
    }
}
