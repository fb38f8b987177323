package dev.affidavit.forward;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.ForwardingEngine;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Runs a daemon thread for each forwarder. Found by ServiceLoader. */
public final class Engine implements ForwardingEngine {
    private final Surroundings surroundings;
    private final StopLimits stopLimits;

    /** For the ServiceLoader. */
    public Engine() {
        this(Surroundings.real());
    }

    Engine(Surroundings surroundings) {
        this(surroundings, StopLimits.PROMISED);
    }

    Engine(Surroundings surroundings, StopLimits stopLimits) {
        this.surroundings = surroundings;
        this.stopLimits = stopLimits;
    }

    @Override
    public Forwarding start(
            Path logDirectory,
            LogIdentity log,
            Supplier<Decrypter> decryption,
            List<ForwarderConfig> forwarders,
            FrameworkStatus status,
            ForwarderWatch watch) {
        Forwarders started = new Forwarders(
                logDirectory, decryption, FrameworkStatus.guarded(status), watch, surroundings, stopLimits);
        try {
            started.change(log, forwarders);
        } catch (Throwable e) { // such as of a process that may have no more threads
            started.close();
            throw e;
        }
        return started;
    }
}
