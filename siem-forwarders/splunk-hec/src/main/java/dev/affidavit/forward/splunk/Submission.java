package dev.affidavit.forward.splunk;

import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Delivery.Refusal;
import dev.affidavit.spi.ForwardedLine;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Submits lines, and says for each what the answer means. Used by one thread. */
final class Submission {
    private final Session session;
    private final Envelope envelope;
    private final @Nullable Acknowledgements acknowledgements;
    private final Throttle throttle = new Throttle();

    /** Above this a body is refused for its size, as far as was found out; the answer does not say so. */
    private int limit = Integer.MAX_VALUE;

    /** @param acknowledgements null if nothing is acknowledged */
    Submission(Session session, Envelope envelope, @Nullable Acknowledgements acknowledgements) {
        this.session = session;
        this.envelope = envelope;
        this.acknowledgements = acknowledgements;
    }

    boolean isAcknowledged() {
        return acknowledgements != null;
    }

    /** To be called before anything is submitted. */
    void prepare() throws IOException {
        if (acknowledgements != null) {
            acknowledgements.requireEnabled();
        }
    }

    Delivery of(List<ForwardedLine> lines) throws IOException {
        byte[] body = envelope.of(lines);
        if (body.length > limit && lines.size() > 1) {
            throw new BatchTooLargeException("%s takes no request of %d bytes, as was found out before"
                    .formatted(session.endpoint(), body.length));
        }
        session.exchange().pause(throttle.pause());
        Reply reply = session.submit(body);
        Meaning meaning = Meaning.of(reply);
        if (meaning.isTaken()) {
            throttle.taken(meaning);
            if (acknowledgements != null) {
                acknowledgements.await(reply);
            }
            return Delivery.ofAll(lines);
        }
        Integer bad = reply.invalidEvent();
        if (meaning == Meaning.BAD_EVENT && bad != null && bad >= 0 && bad < lines.size()) {
            return bad == 0 && lines.size() > 1 ? firstAlone(lines, body.length) : upTo(bad, lines, reply);
        }
        // Without a number the engine searches the event in ever smaller parts; so it does what is too large.
        throw session.rejection(reply);
    }

    /**
     * The first event is wrong; or, at Splunk Cloud, the request is too large, which is answered the same way. Sent alone, the
     * event tells which.
     */
    private Delivery firstAlone(List<ForwardedLine> lines, int length) throws IOException {
        Delivery alone = of(lines.subList(0, 1));
        if (alone.refusals().isEmpty()) {
            // Less by more than batches of one size differ, and by less than the half that the engine sends next.
            limit = Math.min(limit, length / 4 * 3);
        }
        return alone;
    }

    /** Those before the bad one are taken, those behind it are not. */
    private Delivery upTo(int bad, List<ForwardedLine> lines, Reply reply) throws IOException {
        if (bad > 0 && acknowledgements != null) {
            if (reply.ackId() == null) {
                return of(
                        lines.subList(0, bad)); // nobody would acknowledge them; the bad one comes again, as the first
            }
            acknowledgements.await(reply);
        }
        return new Delivery(bad + 1, List.of(new Refusal(bad, Rejection.message(reply, session.endpoint()))));
    }
}
