package dev.affidavit.forward.syslog;

import dev.affidavit.config.Options;
import dev.affidavit.forward.tls.TlsOptions;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of {@code <AuditForwarder to="syslog" …/>}:
 *
 * <ul>
 *   <li>{@code host}: a name or an address; required
 *   <li>{@code transport}: {@code tcp}; or {@code udp}, {@code tls}, {@code relp}, {@code relp-tls}
 *   <li>{@code port}: 514 for udp, 601 for tcp, 6514 for tls, 20514 for relp and relp-tls
 *   <li>{@code framing}: {@code octet-counting}, or {@code lf}; of tcp alone
 *   <li>{@code facility}: {@code local0}; any of the 24 of RFC 5424
 *   <li>{@code appName}: the appender's {@code service}; without one, {@code affidavit}
 *   <li>{@code enterpriseId}: 32473, the number that is reserved for documentation; give your own
 *   <li>{@code cee}: {@code false}; whether {@code @cee:} goes before the JSON
 *   <li>{@code maxMessageSize}: none; for udp what fits into a datagram, 65,507 bytes. What is longer is shortened, and marked
 *   <li>{@code connectTimeout}: 5s, for each address of the host and for the handshake of TLS
 *   <li>{@code timeout}: 30s; how long the receiver may take nothing, or leave unanswered what RELP has it answer
 *   <li>those of {@link TlsOptions}, for tls and relp-tls
 * </ul>
 */
public final class SyslogProvider implements DestinationProvider {
    private static final int DOCUMENTATION_ENTERPRISE = 32473;
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Longer than a busy receiver pauses. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    /** What every receiver should take (RFC 5424, section 6.1). */
    private static final int LEAST_MAX_MESSAGE_SIZE = 2048;

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]+");
    /** APP-NAME of RFC 5424. */
    private static final Pattern APP_NAME = Pattern.compile("[!-~]{1,48}");

    /** For the ServiceLoader. */
    public SyslogProvider() {}

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public DestinationFactory configure(Options options) {
        Transport transport = options.choice("transport", Transport.TCP);
        return new SyslogServer(
                endpoint(options, transport),
                transport,
                tls(options, transport),
                framing(options, transport),
                messages(options, transport));
    }

    private static Endpoint endpoint(Options options, Transport transport) {
        return new Endpoint(
                host(options),
                options.integer("port", transport.defaultPort(), 1, 65535),
                options.duration("connectTimeout", DEFAULT_CONNECT_TIMEOUT, Duration.ofMillis(1)),
                options.duration("timeout", DEFAULT_TIMEOUT, Duration.ofMillis(1)));
    }

    private static @Nullable TlsOptions tls(Options options, Transport transport) {
        if (transport.isUnderTls()) {
            return TlsOptions.of(options);
        }
        TlsOptions.refuse(options, "has an effect only with transport tls or relp-tls");
        return null;
    }

    private static Framing framing(Options options, Transport transport) {
        Framing framing = options.choice("framing", Framing.OCTET_COUNTING);
        if (framing != Framing.OCTET_COUNTING && transport != Transport.TCP) {
            options.problem("framing", "expected octet-counting, since lf exists for transport tcp alone");
        }
        return framing;
    }

    private static MessageOptions messages(Options options, Transport transport) {
        int most = transport == Transport.UDP ? DatagramDestination.MAX_MESSAGE : MessageOptions.NO_LIMIT;
        return new MessageOptions(
                options.choice("facility", Facility.LOCAL0),
                appName(options),
                options.integer("enterpriseId", DOCUMENTATION_ENTERPRISE, 1, Integer.MAX_VALUE),
                options.flag("cee", false),
                (int) options.size("maxMessageSize", most, LEAST_MAX_MESSAGE_SIZE, most));
    }

    private static String host(Options options) {
        String host = options.required("host");
        if (!host.isBlank() && !HOST.matcher(host).matches()) {
            options.problem("host", "expected a host name or an address, found '" + host + "'");
        }
        return host;
    }

    private static @Nullable String appName(Options options) {
        String name = options.text("appName");
        if (name != null && !APP_NAME.matcher(name).matches()) {
            options.problem("appName", "expected 1 to 48 ASCII characters and no space, found '" + name + "'");
        }
        return name;
    }
}
