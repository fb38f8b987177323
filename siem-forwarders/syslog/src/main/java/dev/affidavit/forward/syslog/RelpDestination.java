package dev.affidavit.forward.syslog;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.ForwardedLine;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of RELP with a syslog receiver. Each line is one message; the receipt is the answer {@code 200} to it, which says
 * that the receiver has it in its queue.
 *
 * <p>Any other answer to a message is taken for one that may change: the line is sent again, alone, after a pause that grows
 * from 1 to 8 seconds. The fifth in a row for the same line is final, and the line refused. A receiver that refuses all so
 * costs no more than a line in a quarter of a minute, and a line that it never takes does not hold up the others for longer.
 */
final class RelpDestination implements Destination {
    /**
     * As many messages are on their way at most. librelp, the other sender, keeps to 128; but a receiver's answers are small and
     * held back by its kernel until ours has said that it has those before: with few on their way both sides wait most of the
     * time.
     */
    private static final int WINDOW = 5000;

    private static final int ATTEMPTS = 5;

    private final Encoder encoder;
    private final RelpSession session;

    /** Of the line that was refused last: how often in a row. */
    private int refused;

    private byte @Nullable [] refusedLine;
    private @Nullable IOException failure;

    RelpDestination(Encoder encoder, RelpSession session) {
        this.encoder = encoder;
        this.session = session;
    }

    @Override
    public Delivery deliver(List<ForwardedLine> lines) throws IOException {
        if (failure != null) {
            throw failure;
        }
        List<ForwardedLine> batch = Arrays.equals(lines.get(0).json(), refusedLine) ? lines.subList(0, 1) : lines;
        Receipts receipts = new Receipts(batch.size(), session.nextTransaction());
        session.occupy();
        try {
            exchange(batch, receipts);
        } catch (IOException e) {
            failure = e; // what was answered before is settled all the same; the next call fails
            takeWhatWasAnswered(receipts);
        } finally {
            session.release();
        }
        return deliveryOf(batch, receipts);
    }

    private void exchange(List<ForwardedLine> lines, Receipts receipts) throws IOException {
        int next = 0;
        while (next < lines.size() || receipts.outstanding() > 0) {
            for (; next < lines.size() && receipts.outstanding() < WINDOW; next++) {
                send(lines.get(next), next, receipts);
            }
            // Half of the window at a time, so that many messages are one write.
            int enough = next < lines.size() ? WINDOW / 2 : 0;
            while (receipts.outstanding() > enough) {
                receipts.answered(session.answer());
            }
        }
    }

    private void takeWhatWasAnswered(Receipts receipts) {
        try {
            for (RelpAnswer answer = session.answerAtHand(); answer != null; answer = session.answerAtHand()) {
                receipts.answered(answer);
            }
        } catch (IOException e) {
            // The next call fails anyway, and by what came first.
        }
    }

    private void send(ForwardedLine line, int index, Receipts receipts) throws IOException {
        try {
            session.send(encoder.message(line));
            receipts.sent(index);
        } catch (UnsendableLineException e) {
            receipts.unsendable(index, e.reason());
        }
    }

    private Delivery deliveryOf(List<ForwardedLine> lines, Receipts receipts) throws IOException {
        String refusal = receipts.refusalOfFirst();
        if (refusal != null) {
            byte[] line = lines.get(0).json();
            refused = Arrays.equals(line, refusedLine) ? refused + 1 : 1;
            refusedLine = line;
            if (refused < ATTEMPTS) {
                throw new DestinationBusyException(
                        "the receiver answered %s to a message".formatted(refusal),
                        Duration.ofSeconds(1L << (refused - 1)));
            }
            receipts.giveUpFirst();
        }
        Delivery delivery = receipts.delivery();
        if (delivery.settled() == 0 && failure != null) {
            throw failure;
        }
        refusedLine = null;
        return delivery;
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
