package dev.affidavit.spi;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * An open connection to a destination, used by one thread. {@link #close} may be called by another to cut short a call
 * that blocks.
 */
public interface Destination extends Closeable {
    /**
     * Sends the lines in order, and returns when the destination has answered for the first of them at least, by whatever
     * counts as a receipt there. Lines may come again, with the same id, after a failure or a crash.
     *
     * @param lines at least one
     * @return for how many of them the destination has answered, and which it refuses for good
     * @throws BatchTooLargeException if it takes no batch of this size, and has none of the lines
     * @throws DestinationBusyException if it asks for a pause
     * @throws MisconfiguredDestinationException if it refuses this client
     * @throws IOException if it may not have the lines for any other reason. After every exception but the first two the
     *     connection is closed; after every exception the lines are sent again
     */
    Delivery deliver(List<ForwardedLine> lines) throws IOException;
}
