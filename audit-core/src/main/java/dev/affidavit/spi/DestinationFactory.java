package dev.affidavit.spi;

import java.io.IOException;

/** A configured destination, not yet connected. Immutable; its {@code toString} names the place and holds no secret. */
public interface DestinationFactory {
    /** Connects; called again after every failure. May block, but not for longer than its own time-outs. */
    Destination open(LogIdentity log) throws IOException;
}
