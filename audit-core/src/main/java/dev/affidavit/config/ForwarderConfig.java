package dev.affidavit.config;

import dev.affidavit.spi.DestinationFactory;

/**
 * A forwarder that was configured.
 *
 * @param name unique in its log; the name of its cursor
 */
public record ForwarderConfig(String name, DestinationFactory destination) {}
