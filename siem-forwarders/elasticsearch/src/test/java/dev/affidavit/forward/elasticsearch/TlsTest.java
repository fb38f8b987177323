package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.extension.SampleLines;
import dev.affidavit.testkit.tls.TestCertificates;
import dev.affidavit.testkit.tls.TestIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom it trusts. The server here is the JDK's, which answers as Elasticsearch does. */
@Timeout(600)
@Tag("receivers")
final class TlsTest {
    private static final TestCertificates CERTIFICATES = TestCertificates.shared();
    private static final char[] PASSWORD = TestCertificates.PASSWORD.toCharArray();
    private static final int ATTEMPTS = 5;
    private static final String STORED =
            "{\"took\":1,\"errors\":false,\"items\":[{\"create\":{\"_index\":\"audit\",\"_id\":\"x\",\"status\":201}}]}";

    private static void deliver(TestIdentity server, boolean needsClient, String... namesAndValues)
            throws IOException, GeneralSecurityException {
        deliver(context(store(server.keyStore())), needsClient, namesAndValues);
    }

    private static void deliver(SSLContext server, boolean needsClient, String... namesAndValues)
            throws IOException, GeneralSecurityException {
        try (EchoServer receiver = EchoServer.overTls(server, needsClient, STORED)) {
            try (Destination destination =
                    Destinations.open(options("https://localhost:" + receiver.port(), namesAndValues))) {
                assertThat(destination.deliver(SampleLines.events(0, 1)).settled())
                        .isOne();
            } catch (IOException e) {
                assertThat(receiver.requests()).as("nothing was sent").isZero();
                throw e;
            }
        }
    }

    private static Map<String, String> options(String url, String... namesAndValues) {
        Map<String, String> options = new HashMap<>(Map.of("url", url, "connectTimeout", "60s"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return options;
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static X509ExtendedKeyManager keys(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        return (X509ExtendedKeyManager) keys.getKeyManagers()[0];
    }

    private static SSLContext context(KeyStore server) throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store(CERTIFICATES.trustStore()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {keys(server)}, trust.getTrustManagers(), null);
        return context;
    }

    private static void requireRefused(TestIdentity server, String why, String... options) {
        assertThatThrownBy(() -> deliver(server, false, options))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining("localhost:")
                .hasMessageContaining(why);
    }

    @Test
    void shouldTrustWhomItIsToldTo() throws Exception {
        deliver(CERTIFICATES.server(), false, "caFile", CERTIFICATES.ca().toString());
        deliver(CERTIFICATES.server(), false, "caFile", CERTIFICATES.ca().toString(), "minTlsVersion", "1.3");
    }

    @Test
    void shouldRefuseEveryOtherServer() {
        String ca = CERTIFICATES.ca().toString();
        requireRefused(CERTIFICATES.expiredServer(), "has expired", "caFile", ca);
        requireRefused(CERTIFICATES.elsewhere(), "for another host", "caFile", ca);
        requireRefused(CERTIFICATES.selfSigned(), "no trusted authority", "caFile", ca);
        requireRefused(CERTIFICATES.serverOfOtherCa(), "no trusted authority", "caFile", ca);
        requireRefused(CERTIFICATES.server(), "no trusted authority");
    }

    @Test
    void shouldShowItsOwnCertificate() throws Exception {
        String ca = CERTIFICATES.ca().toString();
        TestIdentity client = CERTIFICATES.client();
        deliver(
                CERTIFICATES.server(),
                true,
                "caFile",
                ca,
                "certificateFile",
                client.certificate().toString(),
                "keyFile",
                client.key().toString());

        requireClientRefused("certificateFile and keyFile", "caFile", ca);
        requireClientRefused("certificateFile and keyFile", "caFile", ca, "minTlsVersion", "1.3");
        TestIdentity stranger = CERTIFICATES.clientOfOtherCa();
        requireClientRefused(
                "certificate",
                "caFile",
                ca,
                "certificateFile",
                stranger.certificate().toString(),
                "keyFile",
                stranger.key().toString());
    }

    /** The JDK's HTTPS server does not tell a client why it refuses it; a socket of the JDK does. */
    private static void requireClientRefused(String why, String... namesAndValues) throws Exception {
        try (SSLServerSocket server =
                (SSLServerSocket) context(store(CERTIFICATES.server().keyStore()))
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            server.setNeedClientAuth(true);
            Thread thread = new Thread(() -> refuse(server), "tls-test");
            thread.setDaemon(true);
            thread.start();
            try (Destination destination =
                    Destinations.open(options("https://localhost:" + server.getLocalPort(), namesAndValues))) {
                assertThatThrownBy(() -> deliverUntilRefused(destination))
                        .isInstanceOf(MisconfiguredDestinationException.class)
                        .hasMessageContaining(why);
            }
        }
    }

    /** A server that gets no turn for a second is asked in vain, and again at the next attempt. */
    private static void deliverUntilRefused(Destination destination) throws IOException {
        for (int i = 1; i < ATTEMPTS; i++) {
            try {
                destination.deliver(SampleLines.events(0, 1));
            } catch (MisconfiguredDestinationException e) {
                throw e;
            } catch (IOException e) {
                // It did not say why.
            }
        }
        destination.deliver(SampleLines.events(0, 1));
    }

    private static void refuse(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket client = (SSLSocket) server.accept()) {
                client.startHandshake();
            } catch (IOException refused) {
                // As it should be.
            }
        }
    }

    // The fingerprint of an authority.

    private static X509Certificate authority(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    static String fingerprint(Path file) throws IOException, GeneralSecurityException {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(authority(file).getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    }

    @Test
    void shouldTrustTheAuthorityOfTheFingerprint() throws Exception {
        String fingerprint = fingerprint(CERTIFICATES.ca());
        deliver(CERTIFICATES.server(), false, "caFingerprint", fingerprint);

        requireRefused(CERTIFICATES.serverOfOtherCa(), "caFingerprint", "caFingerprint", fingerprint);
        requireRefused(CERTIFICATES.selfSigned(), "caFingerprint", "caFingerprint", fingerprint);
        requireRefused(CERTIFICATES.elsewhere(), "for another host", "caFingerprint", fingerprint);
        requireRefused(CERTIFICATES.expiredServer(), "expired", "caFingerprint", fingerprint);
    }

    /** An authority's certificate is no secret. */
    @Test
    void shouldNotTrustWhoMerelyShowsTheCertificateOfTheAuthority() throws Exception {
        X509ExtendedKeyManager own = keys(store(CERTIFICATES.serverOfOtherCa().keyStore()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Impostor(own, authority(CERTIFICATES.ca()))}, null, null);

        assertThatThrownBy(() -> deliver(context, false, "caFingerprint", fingerprint(CERTIFICATES.ca())))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining("no trusted authority");
    }

    /** Shows its own certificate, and behind it one of somebody else. */
    private static final class Impostor extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager own;
        private final X509Certificate authority;

        Impostor(X509ExtendedKeyManager own, X509Certificate authority) {
            this.own = own;
            this.authority = authority;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {own.getCertificateChain(alias)[0], authority};
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return own.chooseEngineServerAlias(type, issuers, engine);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.getPrivateKey(alias);
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return own.getServerAliases(type, issuers);
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return own.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            throw new UnsupportedOperationException("a server");
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException("a server");
        }
    }
}
