package dev.affidavit.config;

import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import java.time.Duration;

/**
 * A forwarder that was configured.
 *
 * @param name unique in its log; the name of its cursor
 * @param batch how much the destination is given at once
 * @param payload what it is given of an encrypted line
 */
public record ForwarderConfig(String name, DestinationFactory destination, BatchLimits batch, Payload payload) {
    /** A batch is in memory while it is delivered. */
    private static final int MAX_BATCH_EVENTS = 100_000;

    private static final int MAX_BATCH_BYTES = 64 << 20;
    /** The first event of a batch waits for its last. */
    private static final Duration MAX_BATCH_DELAY = Duration.ofHours(1);

    /** A forwarder with the limits that suit its destination. */
    public static ForwarderConfig of(String name, DestinationFactory destination) {
        return new ForwarderConfig(name, destination, destination.batchLimits(), Payload.PLAIN);
    }

    /** Reads the options that every forwarder has, and lets the provider read its own. */
    static ForwarderConfig read(String name, DestinationProvider provider, Options options) {
        DestinationFactory destination = provider.configure(options);
        BatchLimits wish = destination.batchLimits();
        return new ForwarderConfig(
                name,
                destination,
                new BatchLimits(
                        options.integer("batchEvents", wish.lines(), 1, MAX_BATCH_EVENTS),
                        (int) options.size("batchSize", wish.bytes(), 1, MAX_BATCH_BYTES),
                        options.duration("batchDelay", wish.delay(), Duration.ZERO, MAX_BATCH_DELAY)),
                options.choice("payload", Payload.PLAIN));
    }
}
