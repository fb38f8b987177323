package dev.affidavit.testkit.extension;

import dev.affidavit.spi.DestinationProvider;
import java.util.List;
import java.util.Map;

/** A kind of destination, and a receiver of its protocol that a test can make misbehave. Used by one test, then closed. */
public interface DestinationUnderTest extends AutoCloseable {
    DestinationProvider provider();

    /** The options with which the destination reaches the receiver; a secret by reference, of the form {@code sys:NAME}. */
    Map<String, String> options();

    /**
     * Whether the receiver says what it has taken. Where it does not, as with syslog over TCP, what was delivered may arrive
     * later.
     */
    boolean acknowledges();

    /** The lines that the receiver has taken, in the order of their arrival, those that came again included. Thread-safe. */
    List<byte[]> received();

    /** From now on the receiver takes connections, and neither reads further nor answers. */
    void hang();

    /** Ends the receiver, and every connection that it has. */
    void stop();

    /** Starts the receiver again, at the same place, with what it has received. It answers. */
    void restart();

    @Override
    void close();
}
