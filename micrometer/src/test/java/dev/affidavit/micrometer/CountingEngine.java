package dev.affidavit.micrometer;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.ForwardingEngine;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** An engine that forwards nothing, and whose forwarders count what a test says. */
public final class CountingEngine implements ForwardingEngine {
    static final ForwarderStatistics START = new ForwarderStatistics(
            "", "", ForwarderState.DELIVERING, Instant.EPOCH, false, 0, 0, 0, 0, -1, null, null);
    static final ForwarderStatistics DONE =
            new ForwarderStatistics("", "", ForwarderState.DELIVERING, Instant.EPOCH, true, 0, 0, 0, 0, 0, null, null);
    static final ForwarderStatistics BUSY = new ForwarderStatistics(
            "",
            "",
            ForwarderState.RETRYING,
            Instant.ofEpochSecond(86_400),
            true,
            7,
            2,
            5,
            0.5,
            4096,
            Duration.ofMillis(3250),
            "a hawk");

    /** Of each forwarder, but for its name and destination. */
    static volatile ForwarderStatistics counts = START;

    @Override
    public Forwarding start(
            Path logDirectory,
            LogIdentity log,
            Supplier<Decrypter> decryption,
            List<ForwarderConfig> forwarders,
            FrameworkStatus status,
            ForwarderWatch watch) {
        return new Counting(forwarders);
    }

    private static final class Counting implements Forwarding {
        private volatile List<ForwarderConfig> forwarders;

        Counting(List<ForwarderConfig> forwarders) {
            this.forwarders = forwarders;
        }

        @Override
        public List<ForwarderStatistics> statistics() {
            ForwarderStatistics now = counts;
            return forwarders.stream()
                    .map(one -> new ForwarderStatistics(
                            one.name(),
                            one.destination().toString(),
                            now.state(),
                            now.since(),
                            now.connected(),
                            now.delivered(),
                            now.refused(),
                            now.failures(),
                            now.perSecond(),
                            now.lagBytes(),
                            now.lag(),
                            now.lastError()))
                    .toList();
        }

        @Override
        public void change(LogIdentity log, List<ForwarderConfig> next) {
            forwarders = next;
        }

        @Override
        public void close() {
            // Nothing runs.
        }
    }
}
