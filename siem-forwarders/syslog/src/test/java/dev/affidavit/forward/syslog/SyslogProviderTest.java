package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SyslogProviderTest {
    private final Problems problems = new Problems();

    private DestinationFactory configure(Map<String, String> values) {
        ConfigNode node = new ConfigNode("AuditForwarder", values, List.of());
        Options options = new Options(node, "AuditForwarder[soc]", problems);
        DestinationFactory factory = new SyslogProvider().configure(options);
        options.rejectUnknown();
        return factory;
    }

    @Test
    void shouldBeFoundByTheServiceLoader() {
        SyslogProvider.class.getModule().addUses(DestinationProvider.class);

        assertThat(ServiceLoader.load(DestinationProvider.class))
                .hasAtLeastOneElementOfType(SyslogProvider.class)
                .extracting(DestinationProvider::name)
                .contains("syslog");
    }

    @Test
    void shouldNeedOnlyAHost() {
        DestinationFactory factory = configure(Map.of("host", "siem.example.com"));

        assertThat(factory)
                .isEqualTo(new SyslogServer(
                        new Endpoint("siem.example.com", 601, Duration.ofSeconds(5), Duration.ofSeconds(30)),
                        Transport.TCP,
                        null,
                        Framing.OCTET_COUNTING,
                        new MessageOptions(Facility.LOCAL0, null, 32473, false, MessageOptions.NO_LIMIT)));
        assertThat(factory).hasToString("syslog on siem.example.com port 601 (tcp)");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void shouldTakeEveryOption() {
        Map<String, String> values = new HashMap<>();
        values.put("host", "::1");
        values.put("port", "1514");
        values.put("transport", "tcp");
        values.put("framing", "lf");
        values.put("facility", "authpriv");
        values.put("appName", "payments");
        values.put("enterpriseId", "64000");
        values.put("cee", "true");
        values.put("maxMessageSize", "8000B");
        values.put("connectTimeout", "250ms");
        values.put("timeout", "1m");

        assertThat(configure(values))
                .isEqualTo(new SyslogServer(
                        new Endpoint("::1", 1514, Duration.ofMillis(250), Duration.ofMinutes(1)),
                        Transport.TCP,
                        null,
                        Framing.LF,
                        new MessageOptions(Facility.AUTHPRIV, "payments", 64000, true, 8000)));
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "udp, 514, 65507",
        "tcp, 601, 2147483647",
        "tls, 6514, 2147483647",
        "relp, 20514, 2147483647",
        "relp-tls, 20514, 2147483647"
    })
    void shouldKnowThePortAndTheLimitOfEachTransport(String transport, int port, int maxMessageSize) {
        SyslogServer server = (SyslogServer) configure(Map.of("host", "h", "transport", transport));

        assertThat(problems.all()).isEmpty();
        assertThat(server.endpoint().port()).isEqualTo(port);
        assertThat(server.messages().maxMessageSize()).isEqualTo(maxMessageSize);
        assertThat(server).hasToString("syslog on h port %d (%s)".formatted(port, transport));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tls", "relp", "relp-tls"})
    void shouldHaveLineFeedsForTcpAlone(String transport) {
        configure(Map.of("host", "h", "transport", transport, "framing", "lf"));

        assertThat(problems.all())
                .singleElement()
                .asString()
                .contains("framing: expected octet-counting, since lf exists for transport tcp alone");
    }

    @Test
    void shouldGiveDatagramsNoMoreThanFits() {
        configure(Map.of("host", "h", "transport", "udp", "maxMessageSize", "64KB"));

        assertThat(problems.all()).singleElement().asString().contains("maxMessageSize: expected a size");
    }

    @ParameterizedTest
    @EnumSource(Facility.class)
    void shouldKnowEveryFacilityByName(Facility facility) {
        configure(Map.of("host", "h", "facility", facility.name().toLowerCase(Locale.ROOT)));

        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            host           |            | AuditForwarder[soc].host: expected a value, found none
            host           | my host    | AuditForwarder[soc].host: expected a host name or an address, found 'my host'
            port           | 0          | AuditForwarder[soc].port: expected a whole number from 1 to 65535, found '0'
            port           | 65536      | AuditForwarder[soc].port: expected a whole number from 1 to 65535, found '65536'
            transport      | ssl        | AuditForwarder[soc].transport: expected one of udp, tcp, tls, relp, relp-tls, found 'ssl'
            framing        | crlf       | AuditForwarder[soc].framing: expected one of octet-counting, lf, found 'crlf'
            maxMessageSize | 2047B      | AuditForwarder[soc].maxMessageSize: expected a size such as 16KB, 50MB or 1GB, from 2048B
            cee            | on         | AuditForwarder[soc].cee: expected true or false, found 'on'
            timeout        | 0ms        | AuditForwarder[soc].timeout: expected a duration
            caFile         | ca.pem     | AuditForwarder[soc].caFile: has an effect only with transport tls or relp-tls
            minTlsVersion  | 1.3        | AuditForwarder[soc].minTlsVersion: has an effect only with transport tls or relp-tls
            facility       | local8     | AuditForwarder[soc].facility: expected one of kern, user,
            appName        | my app     | AuditForwarder[soc].appName: expected 1 to 48 ASCII characters and no space, found 'my app'
            enterpriseId   | 0          | AuditForwarder[soc].enterpriseId: expected a whole number from 1 to 2147483647, found '0'
            connectTimeout | 0ms        | AuditForwarder[soc].connectTimeout: expected a duration
            facilty        | local1     | AuditForwarder[soc].facilty: unknown option; did you mean facility?
            """)
    void shouldReportWhatIsWrong(String option, String value, String problem) {
        Map<String, String> values = new HashMap<>(Map.of("host", "siem.example.com"));
        if (value == null) {
            values.remove(option);
        } else {
            values.put(option, value);
        }

        configure(values);

        assertThat(problems.all()).singleElement().asString().startsWith(problem);
    }
}
