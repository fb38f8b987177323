package dev.affidavit.forward;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.LogIdentity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Carries batches from the outbox to one destination, a step at a time. The cursor moves only behind a batch that was
 * delivered; until then the same batch is delivered again. Used by one thread, but for {@link #cut}, {@link
 * #hangUp}, {@link #abandon} and {@link #statistics}.
 */
final class Courier {
    /** How soon a new event is seen: short beside what a network takes, long beside what looking costs. */
    static final Duration IDLE = Duration.ofMillis(50);

    private final ForwarderConfig config;
    private final LogIdentity log;
    private final Outbox outbox;
    private final Health health;
    private final Backoff backoff;

    /** Read from the log, its cursor not yet stored. */
    private @Nullable Batch batch;

    private boolean batchIsDelivered;
    private boolean halted;

    /** Changed by the courier's thread only; closed by the one that cuts a call short, too. */
    private volatile @Nullable Destination destination;

    private volatile boolean cut;
    private volatile boolean abandoned;
    private final LongAdder delivered = new LongAdder();

    Courier(ForwarderConfig config, LogIdentity log, Outbox outbox, Health health, Backoff backoff) {
        this.config = config;
        this.log = log;
        this.outbox = outbox;
        this.health = health;
        this.backoff = backoff;
    }

    /**
     * Delivers a batch, if there is one. Never throws.
     *
     * @return how long to wait before the next step; zero if there may be more to deliver now
     */
    Duration step() {
        try {
            if (batch == null) {
                batch = outbox.next().orElse(null);
            }
            if (batch == null) {
                return IDLE;
            }
            deliver(batch);
            return Duration.ZERO;
        } catch (NotForcedException e) {
            halted = true;
            if (!cut) { // an interrupt refuses a force too
                health.halted(e);
            }
            return IDLE;
        } catch (Throwable e) { // whatever a destination throws: a forwarder that ends is a forwarder that skips
            if (!batchIsDelivered) {
                disconnect();
            }
            if (!cut) {
                health.failed(e);
            }
            return backoff.next();
        }
    }

    private void deliver(Batch toDeliver) throws IOException {
        if (!batchIsDelivered) {
            Delivery delivery = connected().deliver(toDeliver.lines());
            if (!delivery.equals(Delivery.ofAll(toDeliver.lines()))) {
                throw new IOException("the destination did not take all of the lines: " + delivery);
            }
            batchIsDelivered = true;
            delivered.add(toDeliver.lines().size());
        }
        if (abandoned) {
            throw new IOException("the forwarder was stopped; who took over has a cursor of the same name");
        }
        outbox.passed(toDeliver);
        batch = null;
        batchIsDelivered = false;
        backoff.reset();
        health.delivered();
    }

    private Destination connected() throws IOException {
        Destination open = destination;
        if (open == null) {
            open = config.destination().open(log);
            destination = open;
        }
        if (cut) { // looked at after the destination can be seen: one of the two threads closes it
            throw new IOException("the forwarder was stopped");
        }
        return open;
    }

    private void disconnect() {
        Destination open = destination;
        destination = null;
        close(open);
    }

    private void close(@Nullable Destination open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException | RuntimeException e) {
            // It was of no use any more, and what it was given is sent again.
        }
    }

    /** Whether no further step is of use. */
    boolean isHalted() {
        return halted;
    }

    /** Whether the last attempt to deliver failed. */
    boolean isFailing() {
        return health.isFailing();
    }

    String name() {
        return config.name();
    }

    /** Lets no delivery begin any more, and no failure be reported. For another thread; returns at once. */
    void cut() {
        cut = true;
    }

    /** Makes a delivery that is under way fail. For another thread, after {@link #cut}; may block as closing does. */
    void hangUp() {
        close(destination);
    }

    /** Keeps the cursor where it is, whatever a call that still blocks will say. For another thread. */
    void abandon() {
        abandoned = true;
    }

    /** Lets go of the destination and of the log. */
    void close() {
        disconnect();
        outbox.close();
    }

    ForwarderStatistics statistics() {
        return new ForwarderStatistics(
                config.name(),
                config.destination().toString(),
                health.isFailing() ? ForwarderState.RETRYING : ForwarderState.DELIVERING,
                Instant.EPOCH,
                destination != null,
                delivered.sum(),
                0,
                0,
                0,
                -1,
                null,
                health.lastError());
    }
}
