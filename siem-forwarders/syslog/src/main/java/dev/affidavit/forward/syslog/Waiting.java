package dev.affidavit.forward.syslog;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * The waiting for a channel that itself never blocks: each wait has a limit, and ends when another thread closes this or
 * interrupts the one that waits. Used by one thread, but for {@link #close}.
 */
final class Waiting implements Closeable {
    private static final long NANOS_PER_MS = 1_000_000;

    private final InetSocketAddress peer;
    private final Selector selector;
    private final SelectionKey key;

    private Waiting(InetSocketAddress peer, Selector selector, SelectionKey key) {
        this.peer = peer;
        this.selector = selector;
        this.key = key;
    }

    /** @param channel becomes one that does not block; is not closed with this */
    static Waiting on(SelectableChannel channel, InetSocketAddress peer) throws IOException {
        channel.configureBlocking(false);
        Selector selector = Selector.open();
        try {
            return new Waiting(peer, selector, channel.register(selector, 0));
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    /** As messages name it. */
    InetSocketAddress peer() {
        return peer;
    }

    /**
     * Returns when the channel is ready for one of the operations.
     *
     * @param deadline of {@link System#nanoTime}
     * @param otherwise what the peer did or did not do, if the time passes
     * @throws SocketTimeoutException if the time passes
     */
    void await(int operations, long deadline, String otherwise) throws IOException {
        if (!isReady(operations, deadline)) {
            throw new SocketTimeoutException(peer + " " + otherwise);
        }
    }

    /** The same, but that it returns false if the time passes. */
    boolean isReady(int operations, long deadline) throws IOException {
        try {
            key.interestOps(operations);
            while (true) {
                int selected = selector.select(Math.max(1, (deadline - System.nanoTime()) / NANOS_PER_MS));
                selector.selectedKeys().clear();
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("interrupted while waiting for " + peer);
                }
                if (selected > 0
                        && (key.readyOps() & operations) != 0) { // without a selection they are those of earlier
                    return true;
                }
                if (deadline - System.nanoTime() <= 0) {
                    return false;
                }
            }
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw new IOException("the connection to %s was closed".formatted(peer), e);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close(); // wakes who waits in it
    }
}
