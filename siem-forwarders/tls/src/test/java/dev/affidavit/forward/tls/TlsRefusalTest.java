package dev.affidavit.forward.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.tls.TestCertificates;
import dev.affidavit.testkit.tls.TestIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
final class TlsRefusalTest {
    private static final String PEER = "siem.example.com:6514";

    private static final TestCertificates CERTIFICATES = TestCertificates.shared();

    private static TlsOptions tls(Map<String, String> values) {
        return TlsOptions.of(new Options(new ConfigNode("AuditForwarder", values, List.of()), "", new Problems()));
    }

    private static TlsOptions anonymous() {
        return tls(Map.of("caFile", CERTIFICATES.ca().toString()));
    }

    private static String explained(Handshake server, TlsOptions client) throws IOException {
        IOException failure = Objects.requireNonNull(server.clientsFailure(client), "the two got on");
        IOException explained = TlsRefusal.explained(failure, PEER);
        assertThat(explained)
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasCause(failure);
        return String.valueOf(explained.getMessage());
    }

    @Test
    void shouldNameAnExpiredCertificate() throws IOException {
        assertThat(explained(Handshake.with(CERTIFICATES.expiredServer()), anonymous()))
                .startsWith(PEER + " shows a certificate that has expired");
    }

    @Test
    void shouldNameACertificateForAnotherHost() throws IOException {
        assertThat(explained(Handshake.with(CERTIFICATES.elsewhere()), anonymous()))
                .startsWith(PEER + " shows a certificate for another host")
                .contains("localhost");
    }

    @Test
    void shouldNameACertificateOfNoTrustedAuthority() throws IOException {
        for (TestIdentity server : List.of(CERTIFICATES.selfSigned(), CERTIFICATES.serverOfOtherCa())) {
            assertThat(explained(Handshake.with(server), anonymous()))
                    .startsWith(PEER + " shows a certificate that no trusted authority has issued")
                    .contains("caFile");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shouldNameAMissingCertificateOfOurs(String version) throws IOException {
        assertThat(explained(
                        Handshake.with(CERTIFICATES.server())
                                .demanding(CERTIFICATES)
                                .speaking(version),
                        anonymous()))
                .startsWith(PEER)
                .contains("certificateFile and keyFile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shouldNameACertificateOfOursThatIsRefused(String version) throws IOException {
        TlsOptions client = tls(Map.of(
                "caFile", CERTIFICATES.ca().toString(),
                "certificateFile", CERTIFICATES.clientOfOtherCa().certificate().toString(),
                "keyFile", CERTIFICATES.clientOfOtherCa().key().toString()));

        assertThat(explained(
                        Handshake.with(CERTIFICATES.server())
                                .demanding(CERTIFICATES)
                                .speaking(version),
                        client))
                .contains("certificateFile and keyFile");
    }

    @Test
    void shouldNameAVersionThatIsTooOld() throws IOException {
        TlsOptions client = tls(Map.of("caFile", CERTIFICATES.ca().toString(), "minTlsVersion", "1.3"));

        assertThat(explained(Handshake.with(CERTIFICATES.server()).speaking("TLSv1.2"), client))
                .contains("minTlsVersion");
    }

    @Test
    void shouldLeaveOtherFailuresAsTheyAre() {
        IOException failure = new IOException("Connection reset");

        assertThat(TlsRefusal.explained(failure, PEER)).isSameAs(failure);
    }
}
