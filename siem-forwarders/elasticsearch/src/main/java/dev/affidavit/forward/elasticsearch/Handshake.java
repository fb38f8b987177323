package dev.affidavit.forward.elasticsearch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server why it ended a connection. With TLS 1.3 it refuses a client's certificate only after the client believes that
 * all is well, and has begun to send: its reason is often lost with the connection.
 */
record Handshake(SSLContext context, SSLParameters parameters, Duration connectTimeout) {
    /** For an answer that follows at once. A server that has nothing against us says nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Why the server refuses us; null if it does not. */
    @Nullable
    SSLException refusal(URI url) {
        int port = url.getPort() < 0 ? 443 : url.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(url.getHost(), port), Math.toIntExact(connectTimeout.toMillis()));
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, url.getHost(), port, true)) {
                socket.setSSLParameters(parameters);
                socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
                socket.startHandshake();
                socket.getInputStream().readNBytes(1);
                return null;
            }
        } catch (SSLException refusal) {
            return refusal;
        } catch (IOException nothingSaid) {
            return null;
        }
    }
}
