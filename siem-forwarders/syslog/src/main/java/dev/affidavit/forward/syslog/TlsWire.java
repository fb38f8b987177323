package dev.affidavit.forward.syslog;

import dev.affidavit.forward.tls.TlsOptions;
import dev.affidavit.forward.tls.TlsRefusal;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import tlschannel.ClientTlsChannel;
import tlschannel.HeapBufferAllocator;
import tlschannel.NeedsReadException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;
import tlschannel.WouldBlockException;

/** Bytes under TLS, as its client. */
final class TlsWire implements Wire {
    /**
     * How long a receiver that answers nothing is listened to when it has got a first message. It may look at our certificate as late as
     * that, whatever the handshake said, and hang up; what was written by then is lost.
     */
    private static final Duration OBJECTION_LIMIT = Duration.ofSeconds(1);

    private final Endpoint endpoint;
    private final TcpLink link;
    private final SSLEngine engine;
    private final CountingChannel encrypted;
    private final TlsChannel tls;
    private boolean holdsBack;

    /** Whether the receiver has shown that it goes on with us. */
    private boolean accepted;

    private TlsWire(Endpoint endpoint, TcpLink link, SSLEngine engine, CountingChannel encrypted) {
        this.endpoint = endpoint;
        this.link = link;
        this.engine = engine;
        this.encrypted = encrypted;
        // On the heap: the library would free direct memory by what a later JDK takes away.
        this.tls = ClientTlsChannel.newBuilder(encrypted, engine)
                .withEncryptedBufferAllocator(new HeapBufferAllocator())
                .build();
    }

    /** Returns when the receiver has shown that it is the one. */
    static TlsWire open(Endpoint endpoint, TcpLink link, TlsOptions options) throws IOException {
        SSLEngine engine = options.context().createSSLEngine(endpoint.host(), endpoint.port());
        engine.setUseClientMode(true);
        engine.setSSLParameters(options.parameters());
        TlsWire wire = new TlsWire(endpoint, link, engine, new CountingChannel(link.channel()));
        wire.shakeHands();
        return wire;
    }

    private void shakeHands() throws IOException {
        Duration limit = endpoint.connectTimeout();
        long deadline = System.nanoTime() + limit.toNanos();
        String otherwise = "did not finish the handshake of TLS within %d ms".formatted(limit.toMillis());
        while (true) {
            try {
                tls.handshake();
                break;
            } catch (NeedsReadException e) {
                link.waiting().await(SelectionKey.OP_READ, deadline, otherwise);
            } catch (NeedsWriteException e) {
                link.waiting().await(SelectionKey.OP_WRITE, deadline, otherwise);
            } catch (ClosedChannelException e) {
                throw explained(new EOFException("the end of the connection"));
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                throw explained(e);
            }
        }
    }

    @Override
    public void awaitObjection() throws IOException {
        long deadline = System.nanoTime() + OBJECTION_LIMIT.toNanos();
        while (link.waiting().isReady(SelectionKey.OP_READ, deadline)) {
            read(ByteBuffer.allocate(1)); // a session ticket, an alert, or the end
        }
        accepted = true;
    }

    @Override
    public long write(ByteBuffer bytes) throws IOException {
        requireNoHandshake();
        long before = encrypted.written();
        holdsBack = false;
        try {
            tls.write(bytes);
        } catch (WouldBlockException e) {
            holdsBack = true;
        } catch (IOException e) {
            throw explained(e);
        }
        return encrypted.written() - before;
    }

    @Override
    public boolean holdsBack() {
        return holdsBack;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        try {
            int count = tls.read(bytes);
            if (count < 0 && !accepted) {
                throw new EOFException("the end of the connection");
            }
            accepted |= count > 0;
            return count;
        } catch (WouldBlockException e) {
            requireNoHandshake();
            return 0;
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** In words of TLS; some receivers only hang up where others say what they do not like. */
    private IOException explained(IOException failure) {
        IOException explained = TlsRefusal.explained(failure, endpoint.toString());
        if (accepted || explained != failure) {
            return explained;
        }
        return new IOException(
                ("%s hung up at the handshake of TLS (%s): it may refuse our certificate, or that we show none;"
                                + " see certificateFile and keyFile, or keyStore, and what it says itself")
                        .formatted(endpoint, failure.getMessage()),
                failure);
    }

    /** What TLS 1.2 calls renegotiation: no syslog receiver has a need of it, and the library would write in a circle. */
    private void requireNoHandshake() throws SSLException {
        if (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            throw new SSLException(endpoint + " asks for another handshake of TLS, which is refused");
        }
    }

    /** Says good-bye if the kernel takes that at once. */
    @Override
    public void close() throws IOException {
        tls.close();
    }
}
