package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.RequiresRsyslogModule;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.delivery.MixedEvents;
import dev.affidavit.testkit.delivery.RunningForwarder;
import dev.affidavit.testkit.syslog.RsyslogServer;
import dev.affidavit.testkit.tls.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both sides show certificates. */
@RequiresRsyslogModule({"imrelp", "lmnsd_gtls", "lmnsd_ossl"})
@Timeout(180)
@Tag("receivers")
final class TlsDeliveryTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int EVENTS = 1500;

    @TempDir
    Path directory;

    private RsyslogServer start(TlsReceiver kind) throws IOException {
        return RsyslogServer.start(
                Files.createDirectory(directory.resolve("rsyslog")), kind.input(TlsReceiver.CERTIFICATES.server()));
    }

    private static RunningForwarder forward(SampleLog log, RsyslogServer rsyslog, Map<String, String> tls) {
        Map<String, String> options = new HashMap<>(tls);
        options.put("host", "localhost");
        options.put("port", Integer.toString(rsyslog.port()));
        options.put("connectTimeout", "60s");
        return RunningForwarder.start(log.directory(), log.id(), new SyslogProvider(), options, new RecordingStatus());
    }

    private static List<String> append(SampleLog log, int from, int to) {
        List<String> events =
                IntStream.range(from, to).mapToObj(MixedEvents::event).toList();
        events.forEach(log::append);
        return events;
    }

    @ParameterizedTest
    @EnumSource(TlsReceiver.class)
    void shouldReachRsyslogByteIdenticalAndInOrder(TlsReceiver kind) throws IOException {
        try (SampleLog log = SampleLog.in(directory.resolve("log"));
                RsyslogServer rsyslog = start(kind)) {
            List<String> events = append(log, 0, EVENTS);
            try (RunningForwarder forwarder = forward(log, rsyslog, kind.options(TlsReceiver.CERTIFICATES.client()))) {
                rsyslog.await(EVENTS, SOON);
                Deadline.await("delivery", SOON, () -> forwarder.statistics().delivered() == EVENTS);
            }
            rsyslog.stop();

            assertThat(rsyslog.messages()).isEqualTo(events);
            assertThat(rsyslog.complaints())
                    .as("the end of a connection is said")
                    .isEmpty();
        }
    }

    @Test
    void shouldShowARenewedCertificateAtTheNextConnection() throws IOException {
        TlsReceiver kind = TlsReceiver.RELP;
        Path certificate = directory.resolve("client.pem");
        Path key = directory.resolve("client.key");
        TestIdentity stale = TlsReceiver.CERTIFICATES.clientOfOtherCa();
        copy(TlsReceiver.CERTIFICATES.client(), certificate, key);
        try (SampleLog log = SampleLog.in(directory.resolve("log"));
                RsyslogServer rsyslog = start(kind);
                RunningForwarder forwarder =
                        forward(log, rsyslog, kind.options(new TestIdentity(certificate, key, stale.keyStore())))) {
            append(log, 0, 10);
            rsyslog.await(10, SOON);
            copy(stale, certificate, key);
            rsyslog.stop();
            append(log, 10, 20);
            rsyslog.start();
            Deadline.await(
                    "the other certificate is refused",
                    SOON,
                    () -> String.valueOf(forwarder.statistics().lastError()).contains("certificateFile and keyFile"));

            assertThat(rsyslog.count()).isEqualTo(10);
        }
    }

    private static void copy(TestIdentity identity, Path certificate, Path key) throws IOException {
        Files.copy(identity.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(identity.key(), key, StandardCopyOption.REPLACE_EXISTING);
    }
}
