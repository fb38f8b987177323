package dev.affidavit.spi;

import dev.affidavit.config.ForwarderConfig;
import java.util.List;

/** Forwarders at work. Thread-safe. */
public interface Forwarding extends AutoCloseable {
    /** One for each forwarder, in the order of the configuration. */
    List<ForwarderStatistics> statistics();

    /**
     * Puts another configuration in force. Forwarders whose configuration is equal go on undisturbed, if the log's identity
     * is the same; the others are stopped, within 2 s, and the new ones started.
     */
    void change(LogIdentity log, List<ForwarderConfig> forwarders);

    /** Stops within 2 s; the file keeps what was not delivered. */
    @Override
    void close();
}
