package dev.affidavit.testkit.delivery;

import dev.affidavit.spi.DestinationProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real receiver on 127.0.0.1, and the destination that reaches it. Used by one test, then closed. */
public interface ReceiverUnderTest extends AutoCloseable {
    /** One that a child JVM finds too, by ServiceLoader and its name. */
    DestinationProvider provider();

    /** Where it listens. */
    int port();

    /**
     * Options that reach it through {@code port} of {@code localhost}, where it listens or a proxy stands before it.
     *
     * @param timeout of whole seconds, for every time-out of the destination
     */
    Map<String, String> options(int port, Duration timeout);

    /** What options refer to as {@code sys:NAME}, for a child JVM. */
    default Map<String, String> systemProperties() {
        return Map.of();
    }

    /** Whether what was delivered is safe from a crash of its process. Where it is not, tests with such crashes are skipped. */
    boolean keepsWhatItAcknowledged();

    /** The lines that it has stored, as they stood in the log, in the order of their storing; those that came again where it keeps both. */
    List<String> received();

    /** How many {@link #received} has, if that can be told at less cost. */
    default int count() {
        return received().size();
    }

    /** Ends its process with SIGKILL, or what is nearest to it. */
    void kill();

    /** Starts it again at its port, with what it had stored; returns when it answers. */
    void start();

    /** Holds it up, with SIGSTOP or what is nearest to it. */
    void suspend();

    /** Lets it go on. */
    void resume();

    @Override
    void close();
}
