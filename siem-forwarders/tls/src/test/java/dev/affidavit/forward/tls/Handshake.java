package dev.affidavit.forward.tls;

import dev.affidavit.testkit.tls.TestCertificates;
import dev.affidavit.testkit.tls.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A server that greets each client with a byte, and what a client of these options makes of it. */
final class Handshake {
    private final TestIdentity server;
    private final @Nullable TestCertificates demanded;
    private final String protocol;

    private Handshake(TestIdentity server, @Nullable TestCertificates demanded, String protocol) {
        this.server = server;
        this.demanded = demanded;
        this.protocol = protocol;
    }

    static Handshake with(TestIdentity server) {
        return new Handshake(server, null, "TLSv1.3");
    }

    /** It wants a certificate of its client, of the good authority. */
    Handshake demanding(TestCertificates certificates) {
        return new Handshake(server, certificates, protocol);
    }

    /** It speaks that version alone. */
    Handshake speaking(String version) {
        return new Handshake(server, demanded, version);
    }

    /** What the client meets on its way to the greeting; null if it got that. */
    @Nullable
    IOException clientsFailure(TlsOptions tls) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread greeter = new Thread(() -> greet(listening), "greeter");
            greeter.setDaemon(true);
            greeter.start();
            try (SSLSocket client =
                    (SSLSocket) tls.context().getSocketFactory().createSocket("localhost", listening.getLocalPort())) {
                client.setSSLParameters(tls.parameters());
                client.startHandshake();
                return client.getInputStream().read() == 'x' ? null : new IOException("no greeting");
            } catch (IOException e) {
                return e;
            }
        }
    }

    private void greet(ServerSocket listening) {
        try (Socket accepted = listening.accept()) {
            try {
                SSLSocket secured = (SSLSocket)
                        context().getSocketFactory().createSocket(accepted, null, accepted.getPort(), false);
                secured.setUseClientMode(false);
                secured.setEnabledProtocols(new String[] {protocol});
                secured.setNeedClientAuth(demanded != null);
                secured.getOutputStream().write('x');
            } catch (SSLException e) {
                // Closed with something unread, a connection is reset, and the alert is lost on its way.
                accepted.shutdownOutput();
                accepted.getInputStream().readAllBytes();
            }
        } catch (IOException e) {
            // The client will say why.
        }
    }

    private SSLContext context() throws IOException {
        try {
            char[] password = TestCertificates.PASSWORD.toCharArray();
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(server.keyStore().toFile(), password), password);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(
                    demanded == null
                            ? null
                            : KeyStore.getInstance(demanded.trustStore().toFile(), password));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
