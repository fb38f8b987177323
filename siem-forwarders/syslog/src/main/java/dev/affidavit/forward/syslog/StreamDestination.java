package dev.affidavit.forward.syslog;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Delivery.Refusal;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection over TCP or TLS to a syslog receiver. Each line is one message. {@link #deliver} returns when the kernel has
 * them and the receiver has not hung up; there is no receipt.
 */
final class StreamDestination implements Destination {
    private final Encoder encoder;
    private final Framing framing;
    private final TcpConnection connection;
    private boolean accepted;

    StreamDestination(Encoder encoder, Framing framing, TcpConnection connection) {
        this.encoder = encoder;
        this.framing = framing;
        this.connection = connection;
    }

    @Override
    public Delivery deliver(List<ForwardedLine> lines) throws IOException {
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                framing.write(encoder.message(lines.get(i)), connection);
                requireAcceptance();
            } catch (UnsendableLineException e) {
                refusals.add(new Refusal(i, e.reason()));
            }
        }
        connection.flush();
        return new Delivery(lines.size(), refusals);
    }

    /** The first message goes alone: a receiver that does not want us does not get more of them. */
    private void requireAcceptance() throws IOException {
        if (!accepted) {
            connection.flush();
            connection.awaitObjection();
            accepted = true;
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
