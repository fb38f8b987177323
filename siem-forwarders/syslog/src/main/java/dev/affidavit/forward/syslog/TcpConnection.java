package dev.affidavit.forward.syslog;

import dev.affidavit.forward.tls.TlsOptions;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * A connection that no peer can hang, plain or under TLS. Used by one thread, but for {@link #close}.
 *
 * <p>What arrives is read before, while and after something is written, also where nothing is expected: that is where the
 * end of a connection shows, since a write succeeds long after nobody listens any more.
 */
final class TcpConnection implements Closeable {
    /** What is handed to the kernel at a time. */
    private static final int OUT_BYTES = 64 * 1024;

    private static final int IN_BYTES = 4 * 1024;
    /** A peer that talks for ever must not keep us from writing. */
    private static final int MOST_READS = 16;

    private final Endpoint endpoint;
    private final TcpLink link;
    private final Wire wire;
    private final Answers answers;
    // On the heap: a receiver that is away is tried again and again, and direct memory is given back late.
    private final ByteBuffer out = ByteBuffer.allocate(OUT_BYTES);
    private final ByteBuffer in = ByteBuffer.allocate(IN_BYTES);

    private TcpConnection(Endpoint endpoint, TcpLink link, Wire wire, Answers answers) {
        this.endpoint = endpoint;
        this.link = link;
        this.wire = wire;
        this.answers = answers;
    }

    /**
     * Connects to the first address of the host that answers.
     *
     * @param tls null for none
     */
    static TcpConnection open(Endpoint endpoint, @Nullable TlsOptions tls, Answers answers) throws IOException {
        TcpLink link = TcpLink.open(endpoint);
        try {
            Wire wire = tls == null ? new PlainWire(link.channel()) : TlsWire.open(endpoint, link, tls);
            return new TcpConnection(endpoint, link, wire, answers);
        } catch (IOException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    /** Adds the bytes to what is written; {@link #flush} writes all of it. */
    void write(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            if (!out.hasRemaining()) {
                flush();
            }
            int length = Math.min(out.remaining(), bytes.length - from);
            out.put(bytes, from, length);
            from += length;
        }
    }

    void write(byte single) throws IOException {
        if (!out.hasRemaining()) {
            flush();
        }
        out.put(single);
    }

    /** Returns when the kernel has all bytes and the peer has not hung up. */
    void flush() throws IOException {
        out.flip();
        try {
            listen();
            long deadline = deadline();
            while (out.hasRemaining() || wire.holdsBack()) {
                if (wire.write(out) > 0) {
                    deadline = deadline();
                } else {
                    link.waiting()
                            .await(
                                    SelectionKey.OP_WRITE | SelectionKey.OP_READ,
                                    deadline,
                                    "took nothing for %d ms"
                                            .formatted(endpoint.timeout().toMillis()));
                    listen();
                }
            }
            listen();
        } finally {
            out.clear();
        }
    }

    /** Gives a receiver that does not answer the time to say that it does not want us, if it can know who we are. */
    void awaitObjection() throws IOException {
        wire.awaitObjection();
    }

    /** When a peer that does nothing from now on is given up. */
    long deadline() {
        return System.nanoTime() + endpoint.timeout().toNanos();
    }

    /** Waits until the peer says something, or hangs up. */
    void await(long deadline) throws IOException {
        link.waiting()
                .await(
                        SelectionKey.OP_READ,
                        deadline,
                        "did not answer within %d ms"
                                .formatted(endpoint.timeout().toMillis()));
        listen();
    }

    /** Takes what has arrived, without waiting. */
    private void listen() throws IOException {
        for (int i = 0; i < MOST_READS; i++) {
            in.clear();
            int read = wire.read(in);
            if (read < 0) {
                throw new EOFException(link.waiting().peer() + " closed the connection");
            }
            if (read == 0) {
                return;
            }
            answers.take(in.flip());
        }
    }

    @Override
    public void close() throws IOException {
        try (link) {
            wire.close();
        }
    }
}
