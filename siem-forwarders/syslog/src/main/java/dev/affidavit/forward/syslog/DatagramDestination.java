package dev.affidavit.forward.syslog;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Delivery.Refusal;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Datagrams to a syslog receiver (RFC 5426), one for each line. {@link #deliver} returns when the kernel has sent them, and
 * the receiver's machine has not said that nobody listens there. What is lost on the way, or has no room in the receiver's
 * buffer, nobody is told of.
 */
final class DatagramDestination implements Destination {
    /** What fits into a packet of IPv4 with its two headers. */
    static final int MAX_MESSAGE = 65_507;

    private final Endpoint endpoint;
    private final DatagramChannel channel;
    private final Waiting waiting;
    private final Encoder encoder;
    private final ByteBuffer out = ByteBuffer.allocate(MAX_MESSAGE);
    private final ByteBuffer in = ByteBuffer.allocate(1024);

    private DatagramDestination(Endpoint endpoint, DatagramChannel channel, Waiting waiting, Encoder encoder) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.waiting = waiting;
        this.encoder = encoder;
    }

    static DatagramDestination open(Endpoint endpoint, Encoder encoder) throws IOException {
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getByName(endpoint.host()), endpoint.port());
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.connect(peer); // or the kernel would not tell us that nobody listens
            return new DatagramDestination(endpoint, channel, Waiting.on(channel, peer), encoder);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Delivery deliver(List<ForwardedLine> lines) throws IOException {
        List<Refusal> refusals = new ArrayList<>();
        try {
            for (int i = 0; i < lines.size(); i++) {
                try {
                    send(encoder.message(lines.get(i)));
                } catch (UnsendableLineException e) {
                    refusals.add(new Refusal(i, e.reason()));
                }
            }
            listen();
        } catch (PortUnreachableException e) {
            throw new IOException(waiting.peer() + ": nobody listens for datagrams there", e);
        }
        return new Delivery(lines.size(), refusals);
    }

    private void send(Message message) throws IOException {
        out.clear();
        out.put(message.head()).put(message.line()).flip();
        long deadline = System.nanoTime() + endpoint.timeout().toNanos();
        while (channel.write(out) == 0) {
            waiting.await(SelectionKey.OP_WRITE, deadline, "could not be sent to");
        }
    }

    /** Throws what the receiver's machine answered; there is nothing else to hear. */
    private void listen() throws IOException {
        in.clear();
        channel.read(in);
    }

    @Override
    public void close() throws IOException {
        try (waiting) {
            channel.close();
        }
    }
}
