package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.testkit.splunk.HecSetup;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HecProviderTest {
    private static final String TOKEN = "sys:" + FakeUnderTest.TOKEN_PROPERTY;

    private final Problems problems = new Problems();

    @BeforeEach
    void setToken() {
        System.setProperty(FakeUnderTest.TOKEN_PROPERTY, HecSetup.TOKEN);
    }

    private DestinationFactory configure(Map<String, String> values) {
        ConfigNode node = new ConfigNode("AuditForwarder", values, List.of());
        Options options = new Options(node, "AuditForwarder[siem]", problems);
        DestinationFactory factory = new HecProvider().configure(options);
        options.rejectUnknown();
        return factory;
    }

    private Collector collector(Map<String, String> values) {
        Collector collector = ((HecFactory) configure(values)).collector();
        assertThat(problems.all()).isEmpty();
        return collector;
    }

    @Test
    void shouldNeedOnlyAPlaceAndAToken() {
        Collector collector = collector(Map.of("url", "https://splunk.example.com:8088", "token", TOKEN));

        assertThat(collector.endpoints()).containsExactly(new Endpoint(URI.create("https://splunk.example.com:8088")));
        assertThat(collector.metadata())
                .isEqualTo(new Metadata(null, null, "affidavit:json", null, Set.of("event_type", "severity")));
        assertThat(collector.gzip()).isTrue();
        assertThat(collector.ack()).isNull();
        assertThat(collector.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(collector.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(collector.tls()).isNotNull();
        assertThat(collector).hasToString("splunk-hec on https://splunk.example.com:8088");
    }

    @Test
    void shouldTakeEveryOption() {
        Map<String, String> values = new HashMap<>(Map.of(
                "url", "http://a.example.com:8088, http://b.example.com:8088/behind/a/proxy",
                "token", TOKEN,
                "index", "audit",
                "host", "db1",
                "source", "syndrdb",
                "sourcetype", "entropydb:audit",
                "fields", "username, success",
                "compression", "none",
                "ack", "true"));
        values.putAll(Map.of(
                "ackTimeout", "2m",
                "ackInterval", "3s",
                "connectTimeout", "250ms",
                "requestTimeout", "20s"));

        Collector collector = collector(values);

        assertThat(collector.endpoints())
                .extracting(Endpoint::health)
                .extracting(URI::toString)
                .containsExactly(
                        "http://a.example.com:8088/services/collector/health/1.0",
                        "http://b.example.com:8088/behind/a/proxy/services/collector/health/1.0");
        assertThat(collector.metadata())
                .isEqualTo(new Metadata("db1", "syndrdb", "entropydb:audit", "audit", Set.of("username", "success")));
        assertThat(collector.gzip()).isFalse();
        assertThat(collector.ack()).isEqualTo(new AckWait(Duration.ofMinutes(2), Duration.ofSeconds(3)));
        assertThat(collector.connectTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(collector.requestTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(collector.tls()).isNull();
        assertThat(collector)
                .hasToString("splunk-hec on http://a.example.com:8088, http://b.example.com:8088 (acknowledged)");
    }

    @Test
    void shouldHaveLimitsThatFitTheWait() {
        Map<String, String> values = new HashMap<>(Map.of("url", "https://h:8088", "token", TOKEN));
        assertThat(configure(values).batchLimits()).isEqualTo(new BatchLimits(1000, 1 << 20, Duration.ZERO));
        values.put("ack", "true");
        assertThat(configure(values).batchLimits()).isEqualTo(new BatchLimits(5000, 2 << 20, Duration.ZERO));
    }

    @Test
    void shouldTakeNoFields() {
        assertThat(collector(Map.of("url", "https://h:8088", "token", TOKEN, "fields", ""))
                        .metadata()
                        .fields())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            url            |                    | url: expected a value, found none
            url            | splunk.example.com | url: expected https://host:port, several between commas, without user, query and fragment, found something else
            url            | ftp://h:8088       | url: expected https://host:port
            url            | https://u:p@h:8088 | url: expected https://host:port
            url            | https://h:8088?token=x | url: expected https://host:port
            url            | https://h:8088,    | url: expected https://host:port
            url            | https://h:99999    | url: expected https://host:port
            url            | https://h:8088,http://h:8089 | url: expected https everywhere or http everywhere, found both
            url            | https://h:8088/services/collector/event | url: expected the place alone, found one with /services/collector: leave that out
            token          |                    | token: expected env:NAME, file:PATH or sys:NAME, found none
            token          | 12345678-1234      | token: expected a reference to a secret
            index          | My Index           | index: expected lower-case letters, digits, _ and -, found 'My Index'
            sourcetype     | ~ ~                | sourcetype: expected a value, found ' '
            source         | ~ ~                | source: expected a value, found ' '
            host           | ~ ~                | host: expected a value, found ' '
            fields         | severity,details   | fields: expected some of database_name, error_code, event_type,
            compression    | deflate            | compression: expected one of gzip, none, found 'deflate'
            ack            | yes                | ack: expected true or false, found 'yes'
            ackTimeout     | 1m                 | ackTimeout: has no effect without ack="true"
            ackInterval    | 1m                 | ackInterval: has no effect without ack="true"
            connectTimeout | 0ms                | connectTimeout: expected a duration
            requestTimeout | 2h                 | requestTimeout: expected a duration
            minTlsVersion  | 1.1                | minTlsVersion: expected 1.2 or 1.3, found '1.1'
            caFile         | /no/such/file      | caFile: /no/such/file cannot be read
            tokn           | x                  | tokn: unknown option; did you mean token?
            """)
    void shouldReportWhatIsWrong(String option, String value, String problem) {
        Map<String, String> values = new HashMap<>(Map.of("url", "https://splunk.example.com:8088", "token", TOKEN));
        if (value == null) {
            values.remove(option);
        } else {
            values.put(option, value);
        }

        configure(values);

        assertThat(problems.all()).singleElement().asString().startsWith("AuditForwarder[siem]." + problem);
    }

    @Test
    void shouldNotTakeATokenThatNoHeaderCanHold() {
        System.setProperty(FakeUnderTest.TOKEN_PROPERTY, "a b");

        configure(Map.of("url", "https://h:8088", "token", TOKEN));

        assertThat(problems.all())
                .containsExactly("AuditForwarder[siem].token: " + TOKEN
                        + " holds what cannot stand in a header; expected printable ASCII");
    }

    @Test
    void shouldRefuseOptionsOfTlsWhereNoneIsSpoken() {
        configure(Map.of("url", "http://h:8088", "token", TOKEN, "caFile", "ca.pem"));

        assertThat(problems.all())
                .containsExactly("AuditForwarder[siem].caFile: has no effect with http; expected https in url");
    }
}
