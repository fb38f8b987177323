package dev.affidavit.forward;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What a forwarder is to do, and whom it tells how it fares. */
record Job(
        Path directory,
        LogIdentity log,
        Supplier<Decrypter> decryption,
        ForwarderConfig config,
        FrameworkStatus status,
        ForwarderWatch watch) {
    String forwarder() {
        return config.name();
    }

    /** Where to, without secrets. A destination's own text, which must not keep the others from starting. */
    String destination() {
        try {
            return String.valueOf(config.destination().toString());
        } catch (Throwable e) {
            return config.destination().getClass().getName();
        }
    }

    boolean isSameAs(LogIdentity otherLog, ForwarderConfig otherConfig) {
        return log.equals(otherLog) && config.equals(otherConfig);
    }
}
