package dev.affidavit.forward;

import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.UndecryptableLineException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries lines to one destination, a step at a time. A line is settled when the destination has it, or refuses it and it
 * is a dead letter; only then the cursor moves behind it. Until then it is delivered again. Used by one thread, but for
 * {@link #beginNoMore}, {@link #hangUp}, {@link #unlessNoting}, {@link #abandon} and {@link #statistics}.
 */
final class Courier {
    private final Job job;
    private final HeldCursor cursor;
    private final Opener opener;
    private final Outbox outbox;
    private final Redelivery redelivery;
    private final Connection connection;
    private final Refusals refusals;
    private final Pace pace;
    private final Health health;
    private final Meter meter;
    private final Lag lag;

    /** Whether the last failure was that of a line that waits for its key. */
    private boolean lacksKey;
    /** What the destination answered, as long as it is not noted durably. */
    private @Nullable Settlement settlement;

    Courier(Job job, Surroundings surroundings) {
        this.job = job;
        this.cursor = new HeldCursor(job);
        this.opener = new Opener(job);
        this.outbox = new Outbox(job, cursor, opener, surroundings);
        this.redelivery = new Redelivery(job, surroundings.nanos());
        this.connection = new Connection(job.config().destination(), job.log());
        this.refusals = new Refusals(job, surroundings.clock());
        this.pace = new Pace(surroundings.random());
        this.health = new Health(job, surroundings);
        this.meter = new Meter(surroundings.nanos());
        this.lag = new Lag(job.directory(), cursor, outbox, surroundings.clock());
    }

    /**
     * Delivers a batch, if there is one. Never throws.
     *
     * @return how long to wait before the next step; zero if there may be more to deliver now
     */
    Duration step() {
        try {
            cursor.hold();
            if (settlement == null && !deliverNext()) {
                return Pace.IDLE;
            }
            settle();
            return Duration.ZERO;
        } catch (Throwable e) { // whatever a destination throws: a forwarder that ends is a forwarder that skips
            return afterFailure(e);
        }
    }

    private Duration afterFailure(Throwable thrown) {
        Throwable failure = thrown instanceof QuotingException quoting ? quoting.failure() : thrown;
        if (settlement == null && !Pace.keepsConnection(failure)) {
            connection.close();
        }
        if (!connection.isToEnd()) { // then calls are made to fail
            health.failed(Pace.stateAfter(failure), thrown);
            meter.failed(); // behind its reason: who sees the count finds that
            lacksKey = failure instanceof UndecryptableLineException;
        }
        return pace.after(failure);
    }

    /** False if there is nothing to deliver now. */
    private boolean deliverNext() throws IOException {
        if (connection.isToEnd()) {
            return false;
        }
        cursor.requireSameLog(); // a reader that is open would go on in the files of another, or in those that are gone
        Optional<Batch> again = redelivery.next();
        Source source = again.isPresent() ? redelivery : outbox;
        Optional<Batch> next = again.isPresent() ? again : outbox.next();
        if (next.isPresent()) {
            Opened opened = opener.open(next.get().within(source.size().limit()), source.waitsForKeys());
            settlement = opened.canBeSent() ? deliver(source, opened) : undecryptable(source, opened);
        }
        return next.isPresent();
    }

    /** Null if the batch is to be sent in smaller parts. */
    private @Nullable Settlement deliver(Source source, Opened opened) throws IOException {
        connection.open();
        try {
            Delivery delivery = deliver(opened);
            source.size().taken(delivery.settled());
            return new Settlement(source, delivery.settled(), refusals.letters(opened, delivery.refusals()), true);
        } catch (BatchTooLargeException e) {
            Batch batch = opened.batch();
            if (batch.size() > 1) {
                source.size().tooLarge(batch);
                return null;
            }
            source.size().lineTooLarge();
            return new Settlement(source, 1, List.of(refusals.letter(opened, 0, Health.reason(e))), true);
        }
    }

    private Delivery deliver(Opened opened) throws IOException {
        try {
            return connection.deliver(opened.lines());
        } catch (BatchTooLargeException e) {
            throw e; // of which nothing is told but by a dead letter
        } catch (Throwable e) {
            if (opened.hasSecrets()) {
                throw Discretion.failure(e, opened.lines());
            }
            throw e;
        }
    }

    private Settlement undecryptable(Source source, Opened opened) {
        source.size().taken(opened.batch().size());
        return new Settlement(source, opened.batch().size(), refusals.undecryptable(opened), false);
    }

    /** Notes the answer step by step, so that none is done twice if a later one fails. */
    private void settle() {
        if (settlement != null && !settlement.letters().isEmpty()) {
            List<DeadLetter> letters = settlement.letters();
            boolean answered = settlement.answered();
            cursor.whileHeld(() -> refusals.keep(letters, answered));
            settlement = settlement.withoutLetters();
            meter.refused(letters.size());
        }
        if (settlement != null) {
            Settlement settled = settlement;
            cursor.whileHeld(() -> settled.source().passed(settled.count()));
            settlement = null;
            outbox.findOldest();
            meter.delivered(settled.delivered());
            if (settled.answered() || lacksKey) {
                pace.reset();
                health.delivered();
            }
        }
    }

    /** Whether the last attempt to deliver failed. */
    boolean isFailing() {
        return health.isFailing();
    }

    Job job() {
        return job;
    }

    /** Lets no batch wait to be full any more. */
    void hurry() {
        outbox.hurry();
    }

    /** Lets no delivery begin any more, and no failure be reported. For another thread; returns at once. */
    void beginNoMore() {
        connection.beginNoMore();
    }

    /** Makes a delivery that is under way fail. For another thread, after {@link #beginNoMore}; may block as closing does. */
    void hangUp() {
        connection.hangUp();
    }

    /** Does something unless an answer is being noted just now. For another thread; returns at once. */
    void unlessNoting(Runnable action) {
        cursor.unlessMoving(action);
    }

    /** Keeps the cursor where it is, whatever a call that still blocks will say. For another thread. */
    void abandon() {
        cursor.abandon();
    }

    /** Lets go of the destination, of the log and of the cursor. */
    void close() {
        connection.close();
        outbox.close();
        redelivery.close();
        cursor.close();
        health.stopped();
        opener.close();
    }

    ForwarderStatistics statistics() {
        Meter.Reading counts = meter.read(); // before its reason: see afterFailure
        Health.Condition condition = health.now();
        return new ForwarderStatistics(
                job.forwarder(),
                job.destination(),
                condition.state(),
                condition.since(),
                connection.isOpen(),
                counts.delivered(),
                counts.refused(),
                counts.failures(),
                counts.perSecond(),
                lag.bytes(),
                lag.age(),
                condition.lastError());
    }

    /**
     * What settles lines.
     *
     * @param count how many lines of the source
     * @param letters which of them are to become dead letters; empty once they are
     * @param answered whether the destination did; if not, they cannot be decrypted, and it was given none of them
     */
    private record Settlement(Source source, int count, int delivered, List<DeadLetter> letters, boolean answered) {
        Settlement(Source source, int count, List<DeadLetter> letters, boolean answered) {
            this(source, count, count - letters.size(), letters, answered);
        }

        Settlement withoutLetters() {
            return new Settlement(source, count, delivered, List.of(), answered);
        }
    }
}
