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
                .isEqualTo(new SyslogOverTcp(
                        "siem.example.com", 601, Facility.LOCAL0, null, 32473, Duration.ofSeconds(5)));
        assertThat(factory).hasToString("syslog on siem.example.com port 601 (tcp)");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void shouldTakeEveryOption() {
        DestinationFactory factory = configure(Map.of(
                "host", "::1",
                "port", "1514",
                "transport", "tcp",
                "facility", "authpriv",
                "appName", "payments",
                "enterpriseId", "64000",
                "connectTimeout", "250ms"));

        assertThat(factory)
                .isEqualTo(
                        new SyslogOverTcp("::1", 1514, Facility.AUTHPRIV, "payments", 64000, Duration.ofMillis(250)));
        assertThat(problems.all()).isEmpty();
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
            transport      | tls        | AuditForwarder[soc].transport: 'tls' is not supported by this version; expected tcp
            transport      | udp        | AuditForwarder[soc].transport: 'udp' is not supported by this version; expected tcp
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
