package dev.affidavit.forward.splunk;

import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The indexers' word that they have what was sent. Splunk says it once for each request, and forgets it then; what it does not know of
 * is the same to it as what is not indexed yet. So only one request waits at a time, and a time-out is the end of its
 * channel: the events are sent again on another. Used by one thread.
 */
final class Acknowledgements {
    /** The first question comes after so long and each next one after twice as long, up to the interval. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);

    private final Session session;
    private final Channel channel;
    private final AckWait wait;
    private final LongSupplier nanos;

    Acknowledgements(Session session, Channel channel, AckWait wait, LongSupplier nanos) {
        this.session = session;
        this.channel = channel;
        this.wait = wait;
        this.nanos = nanos;
    }

    /**
     * Asks before anything is sent, so that no event reaches a token that acknowledges nothing.
     *
     * @throws MisconfiguredDestinationException if the token is refused, or acknowledges nothing
     */
    void requireEnabled() throws IOException {
        Reply reply = session.ask(channel, 0);
        if (ReplyCode.of(reply) != null && Meaning.of(reply) == Meaning.REFUSES_CLIENT) {
            throw session.rejection(reply);
        }
    }

    /** Returns when the request with this answer is acknowledged. */
    void await(Reply answer) throws IOException {
        Long id = answer.ackId();
        if (id == null) {
            throw new MisconfiguredDestinationException(
                    "%s took events and will not acknowledge them: enable acknowledgement for the token (useACK), or set ack=\"false\" and do with less"
                            .formatted(session.endpoint()));
        }
        long end = nanos.getAsLong() + wait.timeout().toNanos();
        Duration pause = FIRST_WAIT;
        while (!isAcknowledged(id)) {
            long left = end - nanos.getAsLong();
            if (left <= 0) {
                throw new IOException(
                        "%s did not acknowledge within %d ms; the events are sent again on another channel. If this lasts: does a load balancer keep sessions on one indexer?"
                                .formatted(session.endpoint(), wait.timeout().toMillis()));
            }
            session.exchange().pause(Duration.ofNanos(Math.min(pause.toNanos(), left)));
            pause = shorter(pause.multipliedBy(2), wait.interval());
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** A server that is busy does not say; the next question may be answered. */
    private boolean isAcknowledged(long id) throws IOException {
        Reply reply = session.ask(channel, id);
        if (!reply.isSuccess() && Meaning.of(reply) != Meaning.BUSY) {
            throw session.rejection(reply);
        }
        return reply.isSuccess() && reply.acknowledged().contains(id);
    }
}
