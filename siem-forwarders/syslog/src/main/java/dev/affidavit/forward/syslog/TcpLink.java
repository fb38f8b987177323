package dev.affidavit.forward.syslog;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/** A TCP socket, connected, which never blocks, and the waiting for it. */
record TcpLink(SocketChannel channel, Waiting waiting) implements Closeable {
    /** A silent connection is probed after this many seconds, then at this interval, and given up after so many. */
    private static final int KEEP_ALIVE_IDLE_S = 60;

    private static final int KEEP_ALIVE_INTERVAL_S = 10;
    private static final int KEEP_ALIVE_PROBES = 3;

    /** Connects to the first address of the host that answers. */
    static TcpLink open(Endpoint endpoint) throws IOException {
        IOException failure = null;
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            try {
                return open(new InetSocketAddress(address, endpoint.port()), endpoint.connectTimeout());
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
        throw failure == null ? new IOException(endpoint.host() + " has no address") : failure;
    }

    private static TcpLink open(InetSocketAddress peer, Duration connectTimeout) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            configure(channel);
            TcpLink link = new TcpLink(channel, Waiting.on(channel, peer));
            try {
                link.connect(connectTimeout);
                return link;
            } catch (IOException | RuntimeException e) {
                link.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
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
        InetSocketAddress peer = waiting.peer();
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            boolean connected = channel.connect(peer);
            while (!connected) {
                waiting.await(SelectionKey.OP_CONNECT, deadline, "did not answer within " + limit.toMillis() + " ms");
                connected = channel.finishConnect();
            }
        } catch (ConnectException e) {
            throw new IOException("%s: %s".formatted(peer, e.getMessage()), e);
        }
    }

    @Override
    public void close() throws IOException {
        try (waiting) {
            channel.close();
        }
    }
}
