package dev.affidavit.forward.syslog;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.ForwardingEngine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

/** The engine at work, from a log to a syslog receiver on this machine. */
final class RunningForwarder implements AutoCloseable {
    private final RecordingStatus status = new RecordingStatus();
    private final Forwarding forwarding;

    RunningForwarder(SampleLog log, int port) {
        RunningForwarder.class.getModule().addUses(ForwardingEngine.class);
        ForwardingEngine engine =
                ServiceLoader.load(ForwardingEngine.class).findFirst().orElseThrow();
        SyslogOverTcp receiver =
                new SyslogOverTcp("127.0.0.1", port, Facility.LOCAL0, null, 32473, Duration.ofSeconds(2));
        this.forwarding = engine.start(
                log.directory(),
                new LogIdentity(log.id(), "payments", "host1"),
                List.of(ForwarderConfig.of("soc", receiver)),
                status,
                ForwarderWatch.NONE);
    }

    boolean isConnected() {
        return forwarding.statistics().get(0).connected();
    }

    long delivered() {
        return forwarding.statistics().get(0).delivered();
    }

    List<String> statusMessages() {
        return status.messages();
    }

    @Override
    public void close() {
        forwarding.close();
    }
}
