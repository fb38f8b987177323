package dev.affidavit.spi;

import dev.affidavit.config.ForwarderConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** What runs forwarders over a log. Found by ServiceLoader; a process has one. */
public interface ForwardingEngine {
    /**
     * Starts a thread for each forwarder and returns at once. Each goes on where its cursor is.
     *
     * @param decryption what opens the log's lines, a new one for each forwarder. Thread-safe; what it gives is not
     * @param watch is told of changes of their states
     */
    Forwarding start(
            Path logDirectory,
            LogIdentity log,
            Supplier<Decrypter> decryption,
            List<ForwarderConfig> forwarders,
            FrameworkStatus status,
            ForwarderWatch watch);
}
