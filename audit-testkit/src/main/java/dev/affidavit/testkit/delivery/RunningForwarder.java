package dev.affidavit.testkit.delivery;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.ForwardingEngine;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.testkit.extension.Configured;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The engine at work, from a log to one destination. Thread-safe. */
public final class RunningForwarder implements AutoCloseable {
    private final Forwarding forwarding;

    private RunningForwarder(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    /**
     * Starts it where its cursor is.
     *
     * @throws IllegalArgumentException if the options have problems
     */
    public static RunningForwarder start(
            Path log, String logId, DestinationProvider provider, Map<String, String> options, FrameworkStatus status) {
        DestinationFactory factory =
                Configured.by(provider::configure, "AuditForwarder", options).requireGood();
        ForwardingEngine engine =
                ServiceLoader.load(ForwardingEngine.class).findFirst().orElseThrow();
        return new RunningForwarder(engine.start(
                log,
                new LogIdentity(logId, "payments", "host1"),
                () -> Decrypter.WITHOUT_KEYS,
                List.of(ForwarderConfig.of("soc", factory)),
                status,
                ForwarderWatch.NONE));
    }

    public ForwarderStatistics statistics() {
        return forwarding.statistics().get(0);
    }

    @Override
    public void close() {
        forwarding.close();
    }
}
