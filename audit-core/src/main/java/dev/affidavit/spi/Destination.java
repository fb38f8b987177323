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
     * Sends the lines in order, and returns when the destination has all of them, by whatever counts as a receipt there.
     *
     * @throws IOException if it may not have all of them; the connection is then closed, and the lines are sent again
     */
    void deliver(List<ForwardedLine> lines) throws IOException;
}
