package dev.affidavit.spi;

import dev.affidavit.config.ForwarderConfig;
import java.nio.file.Path;
import java.util.List;

/** What runs forwarders over a log. Found by ServiceLoader; a process has one. */
public interface ForwardingEngine {
    /**
     * Starts a thread for each forwarder and returns at once. Each goes on where its cursor is.
     *
     * @param watch is told of changes of their states
     */
    Forwarding start(
            Path logDirectory,
            LogIdentity log,
            List<ForwarderConfig> forwarders,
            FrameworkStatus status,
            ForwarderWatch watch);
}
