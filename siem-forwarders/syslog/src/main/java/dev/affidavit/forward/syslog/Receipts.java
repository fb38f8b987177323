package dev.affidavit.forward.syslog;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Delivery.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of each line of a batch. Not thread-safe. */
final class Receipts {
    /** Null as long as nothing is known. */
    private final @Nullable Fate[] fates;

    /** Which line is the message of which transaction, counted from the first. */
    private final int[] lines;

    private final int firstTransaction;
    private int sent;
    private int answered;

    Receipts(int lines, int firstTransaction) {
        this.fates = new Fate[lines];
        this.lines = new int[lines];
        this.firstTransaction = firstTransaction;
    }

    /** The line is on its way, as the next transaction. */
    void sent(int line) {
        lines[sent++] = line;
    }

    /** The line is not sent, since it cannot be. */
    void unsendable(int line, String reason) {
        fates[line] = new Fate(true, reason);
    }

    /** How many lines are on their way. */
    int outstanding() {
        return sent - answered;
    }

    void answered(RelpAnswer answer) throws IOException {
        int number = RelpSession.distance(firstTransaction, answer.transaction());
        if (number >= sent || fates[lines[number]] != null) {
            throw new IOException("expected the answer to a message, found one to transaction " + answer.transaction());
        }
        fates[lines[number]] = answer.isPositive() ? Fate.TAKEN : new Fate(false, answer.text());
        answered++;
    }

    /** What the receiver answered if it did not take the first line, and may yet do so; null otherwise. */
    @Nullable
    String refusalOfFirst() {
        Fate first = fates[0];
        return first == null || first.settled() ? null : first.refusal();
    }

    /** The first line is not sent again. */
    void giveUpFirst() {
        fates[0] = new Fate(true, refusalOfFirst());
    }

    /** The lines before the first that has to be sent again. */
    Delivery delivery() {
        List<Refusal> refusals = new ArrayList<>();
        int settled = 0;
        for (Fate fate : fates) {
            if (fate == null || !fate.settled()) {
                break;
            }
            if (fate.refusal() != null) {
                refusals.add(new Refusal(settled, fate.refusal()));
            }
            settled++;
        }
        return new Delivery(settled, refusals);
    }

    /**
     * Of a line.
     *
     * @param settled whether it is not to be sent again
     * @param refusal null if the receiver has it
     */
    private record Fate(boolean settled, @Nullable String refusal) {
        static final Fate TAKEN = new Fate(true, null);
    }
}
