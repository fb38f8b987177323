package dev.affidavit.config;

import static dev.affidavit.config.Configs.auditTo;
import static dev.affidavit.config.Configs.element;
import static dev.affidavit.config.Configs.good;
import static dev.affidavit.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.store.SealOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SealElementTest {
    private static ConfigNode seal(String... namesAndTexts) {
        return auditTo(element("AuditSeal", List.of(), namesAndTexts));
    }

    @Test
    void shouldSealWithoutTheElement() {
        assertThat(good(auditTo()).log().seal())
                .isEqualTo(new SealOptions("affidavit", Duration.ofSeconds(1), Duration.ofMinutes(10)));
        assertThat(good(seal())).isEqualTo(good(auditTo()));
        assertThat(good(seal("enabled", "true"))).isEqualTo(good(auditTo()));
    }

    @Test
    void shouldNotSealIfThatIsTurnedOff() {
        assertThat(good(seal("enabled", "false")).log().seal()).isNull();
        assertThat(good(seal("enabled", "false", "origin", "a", "interval", "1s"))
                        .log()
                        .seal())
                .isNull();
        assertThat(problems(seal("enabled", "false", "interval", "1"))).hasSize(1);
    }

    @Test
    void shouldTakeAnOriginOnly() {
        assertThat(good(seal("origin", "payments.example.com/audit")).log().seal())
                .isEqualTo(
                        new SealOptions("payments.example.com/audit", Duration.ofSeconds(1), Duration.ofMinutes(10)));
    }

    @Test
    void shouldReadEveryOption() {
        assertThat(good(seal("origin", "a", "interval", "250ms", "anchorInterval", "1h"))
                        .log()
                        .seal())
                .isEqualTo(new SealOptions("a", Duration.ofMillis(250), Duration.ofHours(1)));
        assertThat(good(seal("origin", "a".repeat(120))).log().seal()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            origin         | ``    | origin: expected a value, found ''
            origin         | ` `   | origin: expected a value, found ' '
            origin         | a+b   | origin: expected 1 to 120 printable ASCII characters without spaces and plus, such as a host name and a path, found 'a+b'
            origin         | a b   | origin: expected 1 to 120 printable ASCII characters without spaces and plus, such as a host name and a path, found 'a b'
            origin         | ä     | origin: expected 1 to 120 printable ASCII characters without spaces and plus, such as a host name and a path, found 'ä'
            origin         | ${h}  | origin: expected a value, found '${h}', in which a variable is not set
            enabled        | no    | enabled: expected true or false, found 'no'
            interval       | 0ms   | interval: expected a duration such as 250ms, 5s, 10m, 1h or 90d, from 1ms to 36500d, found '0ms'
            interval       | 1     | interval: expected a duration such as 250ms, 5s, 10m, 1h or 90d, from 1ms to 36500d, found '1'
            anchorInterval | 999ms | anchorInterval: expected a duration such as 250ms, 5s, 10m, 1h or 90d, from 1000ms to 36500d, found '999ms'
            orign          | a     | orign: unknown option; did you mean origin?
            """)
    void shouldRefuseABadValue(String option, String text, String problem) {
        assertThat(problems(option.equals("origin") ? seal(option, text) : seal("origin", "a", option, text)))
                .containsExactly("AuditSeal." + problem);
    }

    @Test
    void shouldRefuseAnOriginThatIsTooLong() {
        assertThat(problems(seal("origin", "a".repeat(121))))
                .singleElement()
                .asString()
                .startsWith("AuditSeal.origin: expected 1 to 120 printable ASCII characters");
    }

    @Test
    void shouldReportEverythingAtOnce() {
        assertThat(problems(
                        seal("enabled", "x", "origin", "a b", "interval", "x", "anchorInterval", "y", "colour", "red")))
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactly(
                        "AuditSeal.enabled",
                        "AuditSeal.origin",
                        "AuditSeal.interval",
                        "AuditSeal.anchorInterval",
                        "AuditSeal.colour");
    }

    @Test
    void shouldRefuseASecondOneAndElementsBelow() {
        ConfigNode seal = element("AuditSeal", List.of(), "origin", "a");

        assertThat(problems(auditTo(seal, seal)))
                .containsExactly("AuditSeal: expected one such element, found another");
        assertThat(problems(auditTo(element("AuditSeal", List.of(seal), "origin", "a"))))
                .containsExactly("AuditSeal.AuditSeal: unknown element; known is AuditWitness");
    }
}
