package dev.affidavit.forward.syslog;

import dev.affidavit.testkit.RequiresRsyslogModule;
import dev.affidavit.testkit.delivery.DeliveryFaultContract;
import dev.affidavit.testkit.delivery.ReceiverUnderTest;
import dev.affidavit.testkit.syslog.RsyslogServer;
import dev.affidavit.testkit.tls.TestIdentity;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Both sides show certificates. */
@RequiresRsyslogModule({"imrelp", "lmnsd_gtls", "lmnsd_ossl"})
@Tag("campaign")
final class TlsFaultTest {
    private abstract static class UnderTls extends DeliveryFaultContract {
        private final TlsReceiver kind;

        UnderTls(TlsReceiver kind) {
            this.kind = kind;
        }

        @Override
        protected ReceiverUnderTest startReceiver(Path directory) {
            TestIdentity server = TlsReceiver.CERTIFICATES.server();
            TestIdentity client = TlsReceiver.CERTIFICATES.client();
            return new RsyslogReceiver(
                    RsyslogServer.startForMany(directory, kind.input(server)),
                    kind.acknowledges(),
                    kind.options(client));
        }
    }

    @Nested
    final class GnuTls extends UnderTls {
        GnuTls() {
            super(TlsReceiver.GNU_TLS);
        }
    }

    @Nested
    final class OpenSsl extends UnderTls {
        OpenSsl() {
            super(TlsReceiver.OPEN_SSL);
        }
    }

    @Nested
    final class Relp extends UnderTls {
        Relp() {
            super(TlsReceiver.RELP);
        }
    }
}
