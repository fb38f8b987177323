package dev.affidavit.forward.splunk;

import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** A collector at one of its endpoints. If that fails, what is opened next is at another. */
final class HecDestination implements Destination {
    /**
     * A connection that was idle for longer is tried by a question for health, which may be asked twice. Events must not find out: who
     * closes idle connections (Splunk after 12 s when it is busy, balancers after a minute) would leave them in doubt.
     */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Session session;
    private final Submission submission;
    private final Endpoints endpoints;
    private final LongSupplier nanos;
    private long lastUse;
    private boolean ready;

    HecDestination(Session session, Submission submission, Endpoints endpoints, LongSupplier nanos) {
        this.session = session;
        this.submission = submission;
        this.endpoints = endpoints;
        this.nanos = nanos;
        this.lastUse = nanos.getAsLong();
    }

    @Override
    public Delivery deliver(List<ForwardedLine> lines) throws IOException {
        try {
            prepare();
            Delivery delivery = submission.of(lines);
            lastUse = nanos.getAsLong();
            endpoints.works(session.endpoint());
            return delivery;
        } catch (BatchTooLargeException e) {
            lastUse = nanos.getAsLong();
            throw e;
        } catch (IOException e) {
            throw atEnd(e);
        }
    }

    private void prepare() throws IOException {
        boolean first = !ready;
        boolean idle = nanos.getAsLong() - lastUse > IDLE.toNanos();
        if (idle || endpoints.isSuspect(session.endpoint()) || (first && submission.isAcknowledged())) {
            session.requireHealth(); // of a load balancer it also gets the cookie, before that matters
        }
        if (first) {
            submission.prepare();
            ready = true;
        }
    }

    private IOException atEnd(IOException failure) {
        if (session.exchange().isClosed() || Thread.currentThread().isInterrupted()) {
            return failure;
        }
        return endpoints.failed(session.endpoint(), failure);
    }

    @Override
    public void close() {
        session.close();
    }
}
