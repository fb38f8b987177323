package dev.affidavit.spi;

import java.io.IOException;

/**
 * A configured destination, not yet connected. Immutable; its {@code toString} names the place and holds no secret. Two
 * are equal if they stand for the same configuration: after a reconfiguration a forwarder goes on undisturbed if its
 * factory equals the one before. A record is what one wants.
 */
public interface DestinationFactory {
    /** Connects; called again after every failure. May block, but not for longer than its own time-outs. */
    Destination open(LogIdentity log) throws IOException;

    /** How much this destination takes at once where the configuration does not say. */
    default BatchLimits batchLimits() {
        return BatchLimits.DEFAULT;
    }
}
