package dev.affidavit.testkit.extension;

import dev.affidavit.spi.DestinationProvider;
import java.util.List;
import java.util.Map;

/** A kind of destination, and a receiver of its protocol that a test can make misbehave. Used by one test, then closed. */
public interface DestinationUnderTest extends AutoCloseable {
    DestinationProvider provider();

    /**
     * The options with which the destination reaches the receiver; a secret by reference, of the form {@code sys:NAME}. At
     * least one is required.
     */
    Map<String, String> options();

    /** What no message may show, besides the secrets to which the options refer: such as the path of a URL. */
    default List<String> secrets() {
        return List.of();
    }

    /**
     * Whether the receiver says what it has taken. Where it does not, as with syslog over TCP, what was delivered may arrive
     * later.
     */
    boolean acknowledges();

    /** The lines that the receiver has taken, in the order of their arrival, those that came again included. Thread-safe. */
    List<byte[]> received();

    /**
     * How many connections the receiver has taken since it was started; or requests, where it sees no more than those.
     * Thread-safe.
     */
    int connections();

    /**
     * From now on the receiver refuses what it is sent, and repeats in its answer how it was asked: places, headers,
     * secrets. Called only if it {@linkplain #acknowledges acknowledges}.
     */
    void refuse();

    /** From now on the receiver takes connections, and neither reads further nor answers. */
    void hang();

    /** Ends the receiver, and every connection that it has. */
    void stop();

    /** Starts the receiver again, at the same place, with what it has received. It answers. */
    void restart();

    @Override
    void close();
}
