package dev.affidavit.forward.syslog;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection that is only written to, and that no peer can hang: every wait has a limit, and ends when another
 * thread closes the connection or interrupts this one. Used by one thread, but for {@link #close}.
 *
 * <p>Nothing is expected from the peer, so what arrives is thrown away. It is read all the same, before and after each
 * write, since that is where the end of a connection shows: a write succeeds long after nobody listens any more.
 */
final class TcpConnection implements Closeable {
    /** What is handed to the kernel at a time. */
    private static final int BUFFER_BYTES = 64 * 1024;
    /** A peer that talks for ever must not keep us from writing. */
    private static final int MOST_READS = 16;
    /** A silent connection is probed after this many seconds, then at this interval, and given up after so many. */
    private static final int KEEP_ALIVE_IDLE_S = 60;

    private static final int KEEP_ALIVE_INTERVAL_S = 10;
    private static final int KEEP_ALIVE_PROBES = 3;

    private static final long NANOS_PER_MS = 1_000_000;

    private final InetSocketAddress peer;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Duration stallLimit;
    // On the heap: a receiver that is away is tried again and again, and direct memory is given back late.
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);
    private final ByteBuffer in = ByteBuffer.allocate(1024);

    private TcpConnection(
            InetSocketAddress peer, SocketChannel channel, Selector selector, SelectionKey key, Duration stallLimit) {
        this.peer = peer;
        this.channel = channel;
        this.selector = selector;
        this.key = key;
        this.stallLimit = stallLimit;
    }

    /**
     * Connects to the first address of the host that answers.
     *
     * @param connectTimeout for each address
     * @param stallLimit how long the peer may take nothing while there is something to write
     */
    static TcpConnection open(String host, int port, Duration connectTimeout, Duration stallLimit) throws IOException {
        IOException failure = null;
        for (InetAddress address : InetAddress.getAllByName(host)) {
            try {
                return open(new InetSocketAddress(address, port), connectTimeout, stallLimit);
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        throw failure == null ? new IOException(host + " has no address") : failure;
    }

    private static TcpConnection open(InetSocketAddress peer, Duration connectTimeout, Duration stallLimit)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        Selector selector = null;
        try {
            channel.configureBlocking(false);
            configure(channel);
            selector = Selector.open();
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            TcpConnection connection = new TcpConnection(peer, channel, selector, key, stallLimit);
            connection.connect(connectTimeout);
            return connection;
        } catch (IOException | RuntimeException e) {
            closeAll(channel, selector);
            throw e;
        }
    }

    private static void configure(SocketChannel channel) throws IOException {
        // The end of a batch must not wait for the acknowledgement of what went before it.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_IDLE_S);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_INTERVAL_S);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES);
        }
    }

    private void connect(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            boolean connected = channel.connect(peer);
            while (!connected) {
                await(SelectionKey.OP_CONNECT, deadline, "did not answer within " + limit.toMillis() + " ms");
                connected = channel.finishConnect();
            }
        } catch (ConnectException e) {
            throw new IOException("%s: %s".formatted(peer, e.getMessage()), e);
        }
    }

    /** Adds the bytes to what is written; {@link #flush} writes all of it. */
    void write(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            if (!out.hasRemaining()) {
                writeOut();
            }
            int length = Math.min(out.remaining(), bytes.length - from);
            out.put(bytes, from, length);
            from += length;
        }
    }

    /** Returns when the kernel has all bytes and the peer has not hung up. */
    void flush() throws IOException {
        writeOut();
    }

    private void writeOut() throws IOException {
        out.flip();
        try {
            requirePeer();
            long deadline = System.nanoTime() + stallLimit.toNanos();
            while (out.hasRemaining()) {
                if (channel.write(out) > 0) {
                    deadline = System.nanoTime() + stallLimit.toNanos();
                } else {
                    await(SelectionKey.OP_WRITE, deadline, "took nothing for " + stallLimit.toMillis() + " ms");
                    requirePeer();
                }
            }
            requirePeer();
        } finally {
            out.clear();
        }
    }

    private void requirePeer() throws IOException {
        for (int i = 0; i < MOST_READS; i++) {
            in.clear();
            int read = channel.read(in);
            if (read < 0) {
                throw new EOFException(peer + " closed the connection");
            }
            if (read == 0) {
                return;
            }
        }
    }

    /** Waits until the channel is ready for {@code operation}, or something arrives. */
    private void await(int operation, long deadline, String otherwise) throws IOException {
        try {
            key.interestOps(operation == SelectionKey.OP_WRITE ? operation | SelectionKey.OP_READ : operation);
            int selected = selector.select(Math.max(1, (deadline - System.nanoTime()) / NANOS_PER_MS));
            selector.selectedKeys().clear();
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("interrupted while waiting for " + peer);
            }
            boolean ready = selected > 0 && (key.readyOps() & operation) != 0;
            if (!ready && deadline - System.nanoTime() <= 0) {
                throw new SocketTimeoutException(peer + " " + otherwise);
            }
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw new IOException("the connection to %s was closed".formatted(peer), e);
        }
    }

    @Override
    public void close() throws IOException {
        closeAll(channel, selector);
    }

    private static void closeAll(SocketChannel channel, @Nullable Selector selector) throws IOException {
        try (channel) {
            if (selector != null) {
                selector.close(); // wakes who waits in it
            }
        }
    }
}
