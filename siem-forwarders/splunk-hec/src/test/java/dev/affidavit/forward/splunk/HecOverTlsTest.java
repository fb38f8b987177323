package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.extension.DestinationContract;
import dev.affidavit.testkit.extension.DestinationUnderTest;
import dev.affidavit.testkit.splunk.FakeSplunk;
import dev.affidavit.testkit.splunk.HecSetup;
import dev.affidavit.testkit.tls.TestCertificates;
import dev.affidavit.testkit.tls.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class HecOverTlsTest {
    private static final TestCertificates CERTIFICATES = TestCertificates.shared();
    private static final String CA = CERTIFICATES.ca().toString();

    @TempDir
    Path directory;

    private static FakeSplunk showing(TestIdentity identity) {
        return FakeSplunk.start(new HecSetup().tls(ServerTls.of(identity), false));
    }

    private static void requireRefusal(TestIdentity identity, String message) throws IOException {
        try (FakeSplunk splunk = showing(identity);
                Client client = Client.of(splunk, "caFile", CA)) {
            assertThatThrownBy(() -> client.deliver(0, 1))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageStartingWith(splunk.url() + " " + message);
            assertThat(splunk.requests()).as("the token was not sent").isEmpty();
        }
    }

    @Test
    void shouldRefuseAnExpiredCertificate() throws IOException {
        requireRefusal(CERTIFICATES.expiredServer(), "shows a certificate that has expired");
    }

    @Test
    void shouldRefuseACertificateThatNobodyIssued() throws IOException {
        requireRefusal(CERTIFICATES.selfSigned(), "shows a certificate that no trusted authority has issued");
    }

    @Test
    void shouldRefuseACertificateForAnotherHost() throws IOException {
        requireRefusal(CERTIFICATES.elsewhere(), "shows a certificate for another host");
    }

    @Test
    void shouldRefuseACertificateOfAnotherAuthority() throws IOException {
        requireRefusal(CERTIFICATES.serverOfOtherCa(), "shows a certificate that no trusted authority has issued");
    }

    @Test
    void shouldSayThatItsOwnCertificateIsMissing() throws IOException {
        HecSetup setup = new HecSetup().tls(ServerTls.of(CERTIFICATES.server()), true);
        try (FakeSplunk splunk = FakeSplunk.start(setup)) {
            try (Client client = Client.of(splunk, "caFile", CA)) {
                assertThatThrownBy(() -> client.deliver(0, 1))
                        .isInstanceOf(MisconfiguredDestinationException.class)
                        .hasMessageContaining("certificateFile and keyFile, or keyStore");
            }
            TestIdentity own = CERTIFICATES.client();
            try (Client client = Client.of(
                    splunk,
                    "caFile",
                    CA,
                    "certificateFile",
                    own.certificate().toString(),
                    "keyFile",
                    own.key().toString())) {
                client.deliver(0, 1);
            }
            assertThat(Client.indexed(splunk)).isEqualTo(Client.events(0, 1));
        }
    }

    @Test
    void shouldSayThatItsOwnCertificateIsRefused() throws IOException {
        HecSetup setup = new HecSetup().tls(ServerTls.of(CERTIFICATES.server()), true);
        try (FakeSplunk splunk = FakeSplunk.start(setup);
                Client client = Client.of(
                        splunk,
                        "caFile",
                        CA,
                        "certificateFile",
                        CERTIFICATES.clientOfOtherCa().certificate().toString(),
                        "keyFile",
                        CERTIFICATES.clientOfOtherCa().key().toString())) {
            assertThatThrownBy(() -> client.deliver(0, 1)).isInstanceOf(MisconfiguredDestinationException.class);
            assertThat(splunk.requests()).isEmpty();
        }
    }

    @Test
    void shouldSayThatNoTlsIsSpokenThere() throws IOException {
        try (FakeSplunk splunk = FakeSplunk.start();
                Client client = Client.of(splunk, "url", splunk.url().replace("http:", "https:"), "caFile", CA)) {
            assertThatThrownBy(() -> client.deliver(0, 1))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .hasMessageContaining("does not speak TLS on this port");
        }
    }

    @Test
    void shouldTrustARenewedAuthorityOnceItIsOpenedAgain() throws IOException {
        Path ca = Files.copy(CERTIFICATES.otherCa(), directory.resolve("ca.pem"));
        try (FakeSplunk splunk = showing(CERTIFICATES.server());
                Client client = Client.of(splunk, "caFile", ca.toString())) {
            assertThatThrownBy(() -> client.deliver(0, 1)).isInstanceOf(MisconfiguredDestinationException.class);

            Files.copy(CERTIFICATES.ca(), ca, StandardCopyOption.REPLACE_EXISTING);
            client.reopen();
            client.deliver(0, 1);

            assertThat(Client.indexed(splunk)).isEqualTo(Client.events(0, 1));
        }
    }

    @Test
    void shouldNotNeedToBeOpenedAgainForARenewedFile() throws IOException {
        Path ca = Files.copy(CERTIFICATES.ca(), directory.resolve("ca.pem"));
        try (FakeSplunk splunk = showing(CERTIFICATES.server());
                Client client = Client.of(splunk, "caFile", ca.toString())) {
            client.deliver(0, 1);
            client.deliver(1, 2);
            assertThat(splunk.accepted()).as("one connection for all").isOne();

            Files.copy(CERTIFICATES.otherCa(), ca, StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> client.deliver(2, 3)).isInstanceOf(MisconfiguredDestinationException.class);
            Files.delete(ca);
            assertThatThrownBy(() -> client.deliver(2, 3)).hasMessageContaining(ca + " cannot be read");
            Files.copy(CERTIFICATES.ca(), ca);
            client.deliver(2, 3);

            assertThat(Client.indexed(splunk)).isEqualTo(Client.events(0, 3));
        }
    }

    @Nested
    final class Contract extends DestinationContract {
        @Override
        protected DestinationUnderTest start() {
            return new FakeUnderTest(
                    new HecSetup().tls(ServerTls.of(CERTIFICATES.server()), false), Map.of("caFile", CA));
        }
    }

    @Tag("campaign")
    @Nested
    final class AcknowledgedContract extends DestinationContract {
        @Override
        protected DestinationUnderTest start() {
            return new FakeUnderTest(
                    new HecSetup().useAck(0).tls(ServerTls.of(CERTIFICATES.server()), false),
                    Map.of("caFile", CA, "ack", "true"));
        }
    }
}
