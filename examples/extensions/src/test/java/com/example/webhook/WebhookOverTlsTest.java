package com.example.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom the webhook trusts: a certificate that this JVM trusts, made out for the server's name. */
@Timeout(180)
final class WebhookOverTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path directory;

    private SSLContext before;

    @BeforeEach
    void remember() throws Exception {
        before = SSLContext.getDefault();
    }

    @AfterEach
    void restore() {
        SSLContext.setDefault(before);
    }

    @Test
    void shouldDeliverToAServerThatIsTrusted() throws Exception {
        SSLContext server = selfSigned("localhost");
        try (WebhookReceiver receiver = listening(server)) {
            SSLContext.setDefault(server);

            deliver(receiver);

            assertThat(receiver.texts()).containsExactly("{}");
        }
    }

    @Test
    void shouldRefuseAServerThatNobodyVouchesFor() throws Exception {
        try (WebhookReceiver receiver = listening(selfSigned("localhost"))) {
            assertThatThrownBy(() -> deliver(receiver))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageContaining("certificat");
            assertThat(receiver.texts()).isEmpty();
        }
    }

    @Test
    void shouldRefuseAServerOfAnotherName() throws Exception {
        SSLContext server = selfSigned("siem.example.com");
        try (WebhookReceiver receiver = listening(server)) {
            SSLContext.setDefault(server);

            assertThatThrownBy(() -> deliver(receiver))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageContaining("localhost");
            assertThat(receiver.texts()).isEmpty();
        }
    }

    private static void deliver(WebhookReceiver receiver) throws IOException {
        URI url = URI.create("https://localhost:%d/".formatted(receiver.port()));
        Webhook webhook = new Webhook(url, null, Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (Destination destination = new WebhookFactory(webhook).open(new LogIdentity("id", "", "host1"))) {
            destination.deliver(List.of(new ForwardedLine(new byte[] {'{', '}'})));
        }
    }

    private static WebhookReceiver listening(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return WebhookReceiver.over(server);
    }

    /** A new key and certificate for {@code host}, and trust in it. */
    private SSLContext selfSigned(String host) throws Exception {
        Path file = directory.resolve(host + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host,
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.out").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("mykey"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
