package dev.affidavit.forward.syslog;

import dev.affidavit.config.Options;
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
 *   <li>{@code port}: 601
 *   <li>{@code transport}: {@code tcp}, the only one in this version
 *   <li>{@code facility}: {@code local0}; any of the 24 of RFC 5424
 *   <li>{@code appName}: the appender's {@code service}; without one, {@code affidavit}
 *   <li>{@code enterpriseId}: 32473, the number that is reserved for documentation; give your own
 *   <li>{@code connectTimeout}: 5s, for each address of the host
 * </ul>
 */
public final class SyslogProvider implements DestinationProvider {
    private static final int DEFAULT_PORT = 601;
    private static final int DOCUMENTATION_ENTERPRISE = 32473;
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
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
        String transport = options.text("transport", "tcp");
        if (!transport.equals("tcp")) {
            options.problem("transport", "'%s' is not supported by this version; expected tcp".formatted(transport));
        }
        return new SyslogOverTcp(
                host(options),
                options.integer("port", DEFAULT_PORT, 1, 65535),
                options.choice("facility", Facility.LOCAL0),
                appName(options),
                options.integer("enterpriseId", DOCUMENTATION_ENTERPRISE, 1, Integer.MAX_VALUE),
                options.duration("connectTimeout", DEFAULT_CONNECT_TIMEOUT, Duration.ofMillis(1)));
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
