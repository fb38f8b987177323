package dev.affidavit.testkit.syslog;

import dev.affidavit.testkit.tls.TestCertificates;
import dev.affidavit.testkit.tls.TestIdentity;
import java.nio.file.Path;
import java.util.List;

/**
 * How a {@link RsyslogServer} listens, with sizes above those of any event. Immutable.
 *
 * @param modules that it needs besides what every rsyslogd has, such as {@code imrelp}
 * @param global settings for {@code global()}
 * @param module what loads the input module
 * @param input the parameters of the input, but for address, port and ruleset
 */
public record RsyslogInput(List<String> modules, String global, String module, String input) {
    /** Of imtcp: a longer frame makes it lose the place in the stream. */
    private static final String FRAMES = "maxFrameSize=\"4194304\"";

    private static final String TCP_MODULE = "module(load=\"imtcp\" maxSessions=\"1000\")";
    /** What is longer than that ends the session, instead of being cut and acknowledged. */
    private static final String RELP_DATA = "type=\"imrelp\" maxDataSize=\"4194304\" oversizeMode=\"abort\"";

    /** Without a queue in memory: what is acknowledged is in the file. */
    private static final String RELP_MODULE = "main_queue(queue.type=\"Direct\") module(load=\"imrelp\")";

    public static RsyslogInput udp() {
        return new RsyslogInput(List.of(), "", "module(load=\"imudp\")", "type=\"imudp\" rcvbufSize=\"8m\"");
    }

    public static RsyslogInput tcp() {
        return new RsyslogInput(List.of(), "", TCP_MODULE, "type=\"imtcp\" " + FRAMES);
    }

    public static RsyslogInput relp() {
        return new RsyslogInput(List.of("imrelp"), "", RELP_MODULE, RELP_DATA);
    }

    /** TLS with GnuTLS; clients must show the certificate of {@link TestCertificates#client}. */
    public static RsyslogInput gnuTls(Path ca, TestIdentity server) {
        return tls("gtls", ca, server, "");
    }

    /** TLS with OpenSSL, the same. */
    public static RsyslogInput openSsl(Path ca, TestIdentity server) {
        return tls("ossl", ca, server, "");
    }

    /** The same as {@link #gnuTls}, of version 1.2 alone. */
    public static RsyslogInput gnuTls12(Path ca, TestIdentity server) {
        return tls("gtls", ca, server, " gnutlsPriorityString=\"NORMAL:-VERS-TLS1.3\"");
    }

    private static RsyslogInput tls(String driver, Path ca, TestIdentity server, String more) {
        String files = """
                defaultNetstreamDriverCAFile="%s"
                  defaultNetstreamDriverCertFile="%s"
                  defaultNetstreamDriverKeyFile="%s\"""".formatted(ca, server.certificate(), server.key());
        String input =
                "type=\"imtcp\" %s streamDriver.name=\"%s\" streamDriver.mode=\"1\" streamDriver.authMode=\"x509/name\" permittedPeer=[\"%s\"]%s"
                        .formatted(FRAMES, driver, TestCertificates.CLIENT_NAME, more);
        return new RsyslogInput(List.of("lmnsd_" + driver), files, TCP_MODULE, input);
    }

    /** RELP under TLS; clients must show the certificate of {@link TestCertificates#client}. */
    public static RsyslogInput relpTls(Path ca, TestIdentity server) {
        return relpTls(ca, server, "");
    }

    /** The same, of TLS 1.2 alone. */
    public static RsyslogInput relpTls12(Path ca, TestIdentity server) {
        return relpTls(ca, server, " tls.prioritystring=\"NORMAL:-VERS-TLS1.3\"");
    }

    private static RsyslogInput relpTls(Path ca, TestIdentity server, String more) {
        String tls =
                " tls=\"on\" tls.caCert=\"%s\" tls.myCert=\"%s\" tls.myPrivKey=\"%s\" tls.authMode=\"name\" tls.permittedPeer=[\"%s\"]%s"
                        .formatted(ca, server.certificate(), server.key(), TestCertificates.CLIENT_NAME, more);
        return new RsyslogInput(List.of("imrelp"), "", RELP_MODULE, RELP_DATA + tls);
    }

    boolean takesDatagrams() {
        return module.contains("imudp");
    }
}
