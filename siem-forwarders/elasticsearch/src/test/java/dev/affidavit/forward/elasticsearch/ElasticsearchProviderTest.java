package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ElasticsearchProviderTest {
    private static final String URL = "https://es.example.com:9200";
    private static final String SECRET = "sys:affidavit.test.secret";

    @BeforeAll
    static void setSecret() {
        System.setProperty("affidavit.test.secret", "s3cr3t-value");
    }

    private static Map<String, String> with(String... namesAndValues) {
        Map<String, String> options = new HashMap<>(Map.of("url", URL));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return options;
    }

    private static void requireProblem(Map<String, String> options, String problem) {
        assertThat(Destinations.problems(options)).singleElement().asString().contains(problem);
    }

    @Test
    void shouldNeedNothingButAUrl() {
        assertThat(Destinations.problems(Map.of("url", "http://localhost:9200")))
                .isEmpty();
        assertThat(Destinations.problems(Map.of("url", "https://a:9200/es, https://b:9200/es")))
                .isEmpty();
        requireProblem(Map.of(), "AuditForwarder.url: expected a value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "es.example.com:9200",
                "ftp://es.example.com",
                "https://",
                "https://es.example.com:99999",
                "https://es.example.com?a=b",
                "https://a:9200,",
                "https://a:9200,http://b:9200",
                "https://a:9200/x,https://b:9200/y"
            })
    void shouldRefuseOtherUrls(String url) {
        requireProblem(Map.of("url", url), "AuditForwarder.url: expected");
    }

    @Test
    void shouldNotRepeatAPasswordThatStandsInAUrl() {
        assertThat(Destinations.problems(Map.of("url", "https://elastic:s3cr3t@es.example.com:9200")))
                .singleElement()
                .asString()
                .contains("see user and password")
                .doesNotContain("s3cr3t");
    }

    @Test
    void shouldTakeOneWayToSayWhoItIs() {
        assertThat(Destinations.problems(with("apiKey", SECRET))).isEmpty();
        assertThat(Destinations.problems(with("user", "audit", "password", SECRET)))
                .isEmpty();
        assertThat(Destinations.problems(with("bearerToken", SECRET))).isEmpty();

        requireProblem(with("apiKey", SECRET, "bearerToken", SECRET), "bearerToken: expected one of");
        requireProblem(with("user", "audit"), "password: expected a value, since user has one");
        requireProblem(with("password", SECRET), "user: expected a value, since password has one");
        requireProblem(with("user", "au:dit", "password", SECRET), "user: expected a name without a colon");
        requireProblem(with("apiKey", "s3cr3t-value"), "apiKey: expected a reference to a secret");
    }

    @Test
    void shouldRefuseASecretThatCannotStandInAHeader() {
        System.setProperty("affidavit.test.broken", "s3cr3t\nX: y");

        assertThat(Destinations.problems(with("bearerToken", "sys:affidavit.test.broken")))
                .singleElement()
                .asString()
                .contains("cannot stand in a header")
                .doesNotContain("s3cr3t");
    }

    @Test
    void shouldTakeAnIndexOrADataStream() {
        assertThat(Destinations.problems(with("index", "audit-%{+yyyy.MM.dd}"))).isEmpty();
        assertThat(Destinations.problems(with("dataStream", "logs-affidavit.audit-default")))
                .isEmpty();

        requireProblem(with("index", "Audit"), "index: expected a name");
        requireProblem(with("index", "audit", "dataStream", "logs-audit-default"), "index: expected one of");
        requireProblem(with("dataStream", "logs-audit-%{+yyyy}"), "dataStream: expected a name without a date");
    }

    @Test
    void shouldTakeAFingerprintInTheFormsInWhichItIsShown() {
        String digits = "0123456789abcdef".repeat(4);
        assertThat(Destinations.problems(with("caFingerprint", digits))).isEmpty();
        assertThat(Destinations.problems(with(
                        "caFingerprint",
                        digits.toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:"))))
                .isEmpty();

        requireProblem(with("caFingerprint", "abc"), "caFingerprint: expected the 64 hexadecimal digits");
    }

    @Test
    void shouldRefuseOptionsOfTlsWhereNoneIsSpoken() {
        requireProblem(Map.of("url", "http://localhost:9200", "caFile", "/no/such/file"), "caFile: has no effect");
        requireProblem(
                Map.of("url", "http://localhost:9200", "caFingerprint", "0123456789abcdef".repeat(4)),
                "caFingerprint: has no effect");
    }
}
