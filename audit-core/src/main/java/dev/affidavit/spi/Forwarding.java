package dev.affidavit.spi;

import java.util.List;

/** Forwarders at work. Thread-safe. */
public interface Forwarding extends AutoCloseable {
    /** One for each forwarder, in the order of the configuration. */
    List<ForwarderStatistics> statistics();

    /** Stops within 2 s; the file keeps what was not delivered. */
    @Override
    void close();
}
