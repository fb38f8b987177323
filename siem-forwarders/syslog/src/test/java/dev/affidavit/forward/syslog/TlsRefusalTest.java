package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.RequiresRsyslogModule;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.syslog.RsyslogServer;
import dev.affidavit.testkit.tls.TestIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person is told when rsyslog and the forwarder do not get on. */
@RequiresRsyslogModule({"imrelp", "lmnsd_gtls", "lmnsd_ossl"})
@Timeout(180)
@Tag("receivers")
final class TlsRefusalTest {
    private static final LogIdentity LOG = new LogIdentity("00112233445566778899aabbccddeeff", "payments", "host1");

    /** A receiver that gets no turn for a second objects too late to be heard. */
    private static final int ATTEMPTS = 5;

    @TempDir
    Path directory;

    private IOException failure(TlsReceiver kind, TestIdentity server, Map<String, String> options) {
        try (RsyslogServer rsyslog = RsyslogServer.start(directory, kind.input(server))) {
            Map<String, String> values = new HashMap<>(options);
            values.put("host", "127.0.0.1");
            values.put("port", Integer.toString(rsyslog.port()));
            values.put("connectTimeout", "60s");
            Problems problems = new Problems();
            DestinationFactory factory = new SyslogProvider()
                    .configure(new Options(new ConfigNode("AuditForwarder", values, List.of()), "", problems));
            assertThat(problems.all()).isEmpty();
            for (int i = 0; i < ATTEMPTS; i++) {
                try (Destination destination = factory.open(LOG)) {
                    destination.deliver(
                            List.of(new ForwardedLine(SampleLog.event(1).getBytes(StandardCharsets.UTF_8))));
                } catch (IOException e) {
                    assertThat(rsyslog.messages()).isEmpty();
                    return e;
                }
            }
            throw new AssertionError("expected a refusal by " + kind);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsReceiver.class)
    void shouldBeToldThatACertificateOfOursIsMissing(TlsReceiver kind) {
        assertThat(failure(kind, TlsReceiver.CERTIFICATES.server(), kind.anonymous()))
                .hasMessageContaining("certificateFile and keyFile");
    }

    @ParameterizedTest
    @EnumSource(TlsReceiver.class)
    void shouldBeToldThatOurCertificateIsRefused(TlsReceiver kind) {
        assertThat(failure(
                        kind,
                        TlsReceiver.CERTIFICATES.server(),
                        kind.options(TlsReceiver.CERTIFICATES.clientOfOtherCa())))
                .hasMessageContaining("certificateFile and keyFile");
    }

    /** rsyslog 8.2302 with OpenSSL says in its own log that it closes such a connection, and keeps it: nobody can tell. */
    @ParameterizedTest
    @EnumSource(value = TlsReceiver.class, mode = EnumSource.Mode.EXCLUDE, names = "OPEN_SSL")
    void shouldBeToldThatOurNameIsNotPermitted(TlsReceiver kind) {
        assertThat(failure(kind, TlsReceiver.CERTIFICATES.server(), kind.options(TlsReceiver.CERTIFICATES.elsewhere())))
                .hasMessageContaining("certificateFile and keyFile");
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsReceiver.class,
            names = {"GNU_TLS", "RELP"})
    void shouldRefuseAnExpiredCertificate(TlsReceiver kind) {
        assertThat(refusal(kind, TlsReceiver.CERTIFICATES.expiredServer()))
                .contains("shows a certificate that has expired");
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsReceiver.class,
            names = {"GNU_TLS", "RELP"})
    void shouldRefuseACertificateForAnotherHost(TlsReceiver kind) {
        assertThat(refusal(kind, TlsReceiver.CERTIFICATES.elsewhere()))
                .contains("shows a certificate for another host");
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsReceiver.class,
            names = {"GNU_TLS", "RELP"})
    void shouldRefuseACertificateOfAnotherAuthority(TlsReceiver kind) {
        assertThat(refusal(kind, TlsReceiver.CERTIFICATES.serverOfOtherCa()))
                .contains("no trusted authority has issued");
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsReceiver.class,
            names = {"GNU_TLS", "RELP"})
    void shouldRefuseACertificateThatIsSignedByItself(TlsReceiver kind) {
        assertThat(refusal(kind, TlsReceiver.CERTIFICATES.selfSigned())).contains("no trusted authority has issued");
    }

    private String refusal(TlsReceiver kind, TestIdentity server) {
        IOException failure = failure(kind, server, kind.options(TlsReceiver.CERTIFICATES.client()));
        assertThat(failure).isInstanceOf(MisconfiguredDestinationException.class);
        return String.valueOf(failure.getMessage());
    }
}
