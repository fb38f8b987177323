package dev.affidavit.forward.syslog;

import dev.affidavit.forward.tls.TlsOptions;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A session of RELP, version 0: messages are sent without waiting for the answers to those before, within a window. Used by
 * one thread, but for {@link #close}.
 */
final class RelpSession implements Closeable {
    /** Then they begin again at 1. */
    private static final int LAST_TRANSACTION = 999_999_999;

    private static final byte[] OPEN = AsciiText.of("open");
    private static final byte[] SYSLOG = AsciiText.of("syslog");
    private static final byte[] CLOSE = AsciiText.of("close");
    private static final int FRAME_HEAD = "999999999 syslog 2147483647 ".length();
    private static final byte[] OFFERS = AsciiText.of("relp_version=0\nrelp_software=affidavit\ncommands=syslog");
    private static final Duration FAREWELL_LIMIT = Duration.ofMillis(500);
    private static final byte LF = '\n';
    private static final byte[] NOTHING = {};

    private final Endpoint endpoint;
    private final TcpConnection connection;
    private final Queue<RelpAnswer> answers;

    /** Held by whoever uses the connection: another thread that closes the session must not write into a message. */
    private final ReentrantLock inUse = new ReentrantLock();

    private int transaction;
    private boolean broken;

    private RelpSession(Endpoint endpoint, TcpConnection connection, Queue<RelpAnswer> answers, int first) {
        this.endpoint = endpoint;
        this.connection = connection;
        this.answers = answers;
        this.transaction = first;
    }

    /** @param tls null for none */
    static RelpSession open(Endpoint endpoint, @Nullable TlsOptions tls) throws IOException {
        return open(endpoint, tls, 1);
    }

    /** @param first the number of the first transaction, which is 1 for every receiver but that of a test */
    static RelpSession open(Endpoint endpoint, @Nullable TlsOptions tls, int first) throws IOException {
        Queue<RelpAnswer> answers = new ArrayDeque<>();
        RelpAnswers frames = new RelpAnswers((number, command, data) -> {
            if (command.equals("serverclose")) {
                throw new EOFException(endpoint + " closed the session");
            }
            if (!command.equals("rsp")) {
                throw new IOException("%s: expected an answer of RELP, found '%s'".formatted(endpoint, command));
            }
            answers.add(new RelpAnswer(number, data));
        });
        RelpSession session = new RelpSession(endpoint, TcpConnection.open(endpoint, tls, frames), answers, first);
        try {
            session.shakeHands();
            return session;
        } catch (IOException | RuntimeException e) {
            session.connection.close();
            throw e;
        }
    }

    private void shakeHands() throws IOException {
        int opening = transaction;
        send(OPEN, OFFERS, NOTHING);
        RelpAnswer answer = answer();
        if (answer.transaction() != opening) {
            throw new IOException("%s: expected the answer to transaction %d, found one to transaction %d"
                    .formatted(endpoint, opening, answer.transaction()));
        }
        if (!answer.isPositive()) {
            throw new MisconfiguredDestinationException(
                    "%s refuses a session of RELP: %s".formatted(endpoint, answer.text()));
        }
        if (!answer.offers("commands", "syslog")) {
            throw new MisconfiguredDestinationException(
                    "%s speaks RELP, but takes no syslog: %s".formatted(endpoint, answer.text()));
        }
    }

    /** The number that the next transaction will have. */
    int nextTransaction() {
        return transaction;
    }

    /** How many transactions after {@code first} this one is. */
    static int distance(int first, int transaction) {
        return Math.floorMod(transaction - first, LAST_TRANSACTION);
    }

    /** Sends a message, at the latest when an answer is waited for. */
    void send(Message message) throws IOException {
        send(SYSLOG, message.head(), message.line());
    }

    private void send(byte[] command, byte[] data, byte[] moreData) throws IOException {
        int length = data.length + moreData.length;
        broken = true; // unless this comes to its end: half a frame spoils what follows it
        connection.write(frameHead(command, length));
        connection.write(data);
        connection.write(moreData);
        connection.write(LF);
        broken = false;
        transaction = transaction == LAST_TRANSACTION ? 1 : transaction + 1;
    }

    private byte[] frameHead(byte[] command, int length) {
        AsciiText head = new AsciiText(FRAME_HEAD)
                .add(transaction)
                .add(' ')
                .add(command)
                .add(' ')
                .add(length);
        if (length > 0) {
            head.add(' ');
        }
        return head.toBytes();
    }

    /** The next answer, to whichever message; waits for it. */
    RelpAnswer answer() throws IOException {
        broken = true; // unless it comes
        if (answers.isEmpty()) {
            connection.flush();
        }
        long deadline = connection.deadline();
        while (answers.isEmpty()) {
            connection.await(deadline);
        }
        broken = false;
        return answers.remove();
    }

    /** An answer that has arrived; null if there is none. */
    @Nullable
    RelpAnswer answerAtHand() {
        return answers.poll();
    }

    /** Lets no other thread say good-bye until {@link #release}. */
    void occupy() {
        inUse.lock();
    }

    void release() {
        inUse.unlock();
    }

    /** Ends the session, and cuts short what another thread does with it. */
    @Override
    public void close() throws IOException {
        try (connection) {
            if (inUse.tryLock()) {
                try {
                    sayGoodBye();
                } finally {
                    inUse.unlock();
                }
            }
        }
    }

    /** Every message is answered, or will be sent again: what comes of this does not matter. */
    private void sayGoodBye() {
        if (broken) {
            return;
        }
        try {
            send(CLOSE, NOTHING, NOTHING);
            connection.flush();
            long deadline = System.nanoTime() + FAREWELL_LIMIT.toNanos();
            while (true) { // until the receiver has hung up, or the time is over
                connection.await(deadline);
            }
        } catch (IOException e) {
            broken = true;
        }
    }
}
