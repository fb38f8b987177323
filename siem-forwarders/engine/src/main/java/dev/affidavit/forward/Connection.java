package dev.affidavit.forward;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one destination, opened when it is needed. Used by one thread, but for {@link #beginNoMore}, {@link
 * #hangUp} and {@link #isOpen}.
 */
final class Connection {
    private final DestinationFactory factory;
    private final LogIdentity log;

    /** Changed by the one thread only; closed by the one that cuts a call short, too. */
    private volatile @Nullable Destination destination;

    private volatile boolean toEnd;

    Connection(DestinationFactory factory, LogIdentity log) {
        this.factory = factory;
        this.log = log;
    }

    /** So that {@link #deliver} need not do it: what fails here does not quote a line. */
    void open() throws IOException {
        opened();
    }

    Delivery deliver(List<ForwardedLine> lines) throws IOException {
        Delivery delivery = opened().deliver(lines);
        if (delivery.settled() < 1 || delivery.settled() > lines.size()) {
            throw new IOException(
                    "the destination answered for %d of %d lines".formatted(delivery.settled(), lines.size()));
        }
        return delivery;
    }

    private Destination opened() throws IOException {
        requireGoingOn();
        Destination open = destination;
        if (open == null) {
            open = factory.open(log);
            destination = open;
        }
        requireGoingOn(); // after the destination can be seen: one of the two threads closes it
        return open;
    }

    private void requireGoingOn() throws IOException {
        if (toEnd) {
            throw new IOException("the forwarder was stopped");
        }
    }

    void close() {
        Destination open = destination;
        destination = null;
        close(open);
    }

    private static void close(@Nullable Destination open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Throwable e) {
            // It was of no use any more, and what it was given is sent again.
        }
    }

    /** Lets no delivery begin any more. For another thread; returns at once. */
    void beginNoMore() {
        toEnd = true;
    }

    boolean isToEnd() {
        return toEnd;
    }

    /** Makes a delivery that is under way fail. For another thread, after {@link #beginNoMore}; may block as closing does. */
    void hangUp() {
        close(destination);
    }

    boolean isOpen() {
        return destination != null;
    }
}
