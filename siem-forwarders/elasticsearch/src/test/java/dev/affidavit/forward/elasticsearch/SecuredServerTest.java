package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.TemporaryDirectory;
import dev.affidavit.testkit.elasticsearch.ElasticsearchServer;
import dev.affidavit.testkit.elasticsearch.ServerSecurity;
import dev.affidavit.testkit.extension.SampleLines;
import dev.affidavit.testkit.tls.TestCertificates;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real server that knows its users, over HTTPS. */
@Tag("campaign")
@Timeout(300)
final class SecuredServerTest {
    private static final String PASSWORD = "correct-horse-battery";

    private static ElasticsearchServer server;

    @BeforeAll
    static void startServer() {
        System.setProperty("affidavit.test.right", PASSWORD);
        System.setProperty("affidavit.test.wrong", "wrong-horse-battery");
        server = ElasticsearchServer.start(
                TemporaryDirectory.readableByAll("affidavit-elasticsearch"), new ServerSecurity(PASSWORD));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static void deliver(String index, String password, String... namesAndValues) throws IOException {
        Map<String, String> options = new HashMap<>(Map.of(
                "url", server.url(), "index", index, "user", ServerSecurity.WRITER, "password", "sys:" + password));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        try (Destination destination = Destinations.open(options)) {
            assertThat(destination.deliver(SampleLines.events(0, 3)).settled()).isEqualTo(3);
        }
    }

    private static void requireRefused(String why, String index, String password, String... namesAndValues) {
        assertThatThrownBy(() -> deliver(index, password, namesAndValues))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("horse");
    }

    @Test
    void shouldLetInWhoMayCreateDocuments() throws IOException {
        String ca = TestCertificates.shared().ca().toString();
        deliver("allowed-1", "affidavit.test.right", "caFile", ca);
        deliver("allowed-1", "affidavit.test.right", "caFile", ca);

        assertThat(server.rest().count("allowed-1")).isEqualTo(3);
        requireRefused("answers 401", "allowed-1", "affidavit.test.wrong", "caFile", ca);
        requireRefused("answers 403 security_exception", "other", "affidavit.test.right", "caFile", ca);
        requireRefused("answers 403", "allowed-2", "affidavit.test.right", "caFile", ca, "installTemplate", "true");
    }

    @Test
    void shouldTrustItsAuthorityAlone() throws Exception {
        TestCertificates certificates = TestCertificates.shared();
        deliver("allowed-3", "affidavit.test.right", "caFingerprint", TlsTest.fingerprint(certificates.ca()));

        requireRefused(
                "caFingerprint",
                "allowed-3",
                "affidavit.test.right",
                "caFingerprint",
                TlsTest.fingerprint(certificates.otherCa()));
        requireRefused(
                "no trusted authority",
                "allowed-3",
                "affidavit.test.right",
                "caFile",
                certificates.otherCa().toString());
    }
}
