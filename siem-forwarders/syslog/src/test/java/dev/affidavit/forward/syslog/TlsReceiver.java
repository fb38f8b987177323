package dev.affidavit.forward.syslog;

import dev.affidavit.testkit.syslog.RsyslogInput;
import dev.affidavit.testkit.tls.TestCertificates;
import dev.affidavit.testkit.tls.TestIdentity;
import java.util.Map;

/** Each way in which rsyslog takes syslog under TLS; all demand the certificate of a client that they permit. */
enum TlsReceiver {
    GNU_TLS("tls") {
        @Override
        RsyslogInput input(TestIdentity server) {
            return RsyslogInput.gnuTls(CERTIFICATES.ca(), server);
        }
    },
    GNU_TLS_1_2("tls") {
        @Override
        RsyslogInput input(TestIdentity server) {
            return RsyslogInput.gnuTls12(CERTIFICATES.ca(), server);
        }
    },
    OPEN_SSL("tls") {
        @Override
        RsyslogInput input(TestIdentity server) {
            return RsyslogInput.openSsl(CERTIFICATES.ca(), server);
        }
    },
    RELP("relp-tls") {
        @Override
        RsyslogInput input(TestIdentity server) {
            return RsyslogInput.relpTls(CERTIFICATES.ca(), server);
        }
    },
    RELP_1_2("relp-tls") {
        @Override
        RsyslogInput input(TestIdentity server) {
            return RsyslogInput.relpTls12(CERTIFICATES.ca(), server);
        }
    };

    static final TestCertificates CERTIFICATES = TestCertificates.shared();

    private final String transport;

    TlsReceiver(String transport) {
        this.transport = transport;
    }

    abstract RsyslogInput input(TestIdentity server);

    boolean acknowledges() {
        return transport.startsWith("relp");
    }

    /** Options of a client that shows this certificate. */
    Map<String, String> options(TestIdentity client) {
        return Map.of(
                "transport",
                transport,
                "caFile",
                CERTIFICATES.ca().toString(),
                "certificateFile",
                client.certificate().toString(),
                "keyFile",
                client.key().toString());
    }

    /** Options of a client that shows none. */
    Map<String, String> anonymous() {
        return Map.of("transport", transport, "caFile", CERTIFICATES.ca().toString());
    }
}
