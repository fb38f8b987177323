package dev.affidavit.forward.splunk;

import dev.affidavit.config.Secret;
import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.LogIdentity;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens a collector. Equal if the collector is: what connects to it is not part of what is configured. */
final class HecFactory implements DestinationFactory {
    private static final BatchLimits LIMITS = BatchLimits.DEFAULT;
    /**
     * An indexer takes seconds to acknowledge, and the next batch waits so long. With what stands around each event it is still
     * less than the 5 MB that Splunk Cloud takes.
     */
    private static final BatchLimits LIMITS_WITH_ACK = new BatchLimits(5000, 2 * 1024 * 1024, Duration.ZERO);

    private final Collector collector;
    private final Surroundings surroundings;
    private final Endpoints endpoints;
    private final Connector connector;

    HecFactory(Collector collector, Surroundings surroundings) {
        this.collector = collector;
        this.surroundings = surroundings;
        this.endpoints = new Endpoints(collector.endpoints());
        this.connector = new Connector(collector);
    }

    Collector collector() {
        return collector;
    }

    /** At the endpoint that worked last, or the one behind it if that failed. Only prepares: HTTP connects with the first request. */
    @Override
    public Destination open(LogIdentity log) {
        Endpoint endpoint = endpoints.current();
        Exchange exchange = new Exchange(connector, collector.requestTimeout(), surroundings.pause());
        Secret token = Objects.requireNonNull(collector.token(), "a configuration with problems is not opened");
        AckWait ack = collector.ack();
        Channel channel =
                ack == null ? null : new Channel(surroundings.channels().get());
        Session session = new Session(endpoint, exchange, token, collector.gzip(), channel, surroundings.clock());
        Acknowledgements acknowledgements = channel == null || ack == null
                ? null
                : new Acknowledgements(session, channel, ack, surroundings.nanos());
        Envelope envelope = new Envelope(log, collector.metadata(), surroundings.clock());
        Submission submission = new Submission(session, envelope, acknowledgements);
        return new HecDestination(session, submission, endpoints, surroundings.nanos());
    }

    @Override
    public BatchLimits batchLimits() {
        return collector.ack() == null ? LIMITS : LIMITS_WITH_ACK;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HecFactory factory && factory.collector.equals(collector);
    }

    @Override
    public int hashCode() {
        return collector.hashCode();
    }

    @Override
    public String toString() {
        return collector.toString();
    }
}
