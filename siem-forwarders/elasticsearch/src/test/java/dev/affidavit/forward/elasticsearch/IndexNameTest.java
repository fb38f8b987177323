package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IndexNameTest {
    private static final EventTime NEW_YEAR = new EventTime("2026-12-31T23:59:59.999999Z");

    @ParameterizedTest
    @CsvSource({
        "security-audit-%{+yyyy.MM.dd}, security-audit-2026.12.31, security-audit-undated, security-audit-*",
        "audit-%{+yyyy-MM}.h%{+HH}, audit-2026-12.h23, audit-undated.hundated, audit-*.h*",
        "audit-%{+yyyy}_a, audit-2026_a, audit-undated_a, audit-*_a",
        "audit, audit, audit, audit"
    })
    void shouldPutTheDayOfTheEventInItsPlace(String pattern, String dated, String undated, String wildcard) {
        IndexName name = new IndexName(pattern);

        assertThat(name.of(NEW_YEAR)).isEqualTo(dated);
        assertThat(name.of(null)).isEqualTo(undated);
        assertThat(name.wildcard()).isEqualTo(wildcard);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit-%{+YYYY.MM.dd}",
                "audit-%{+xxxx.ww}",
                "audit-%{+yyyy.MM.dd",
                "audit-%{yyyy}",
                "audit-%{[username]}",
                "audit-%{+}",
                "audit-%{event_type}"
            })
    void shouldTakeNothingButADateBetweenBraces(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IndexName(pattern))
                .withMessageContaining("%{+yyyy.MM.dd}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Audit",
                "-audit",
                "_audit",
                ".audit",
                "..",
                "a/b",
                "a*",
                "a,b",
                "a b",
                "<audit-{now}>",
                "cluster:audit",
                "a#b",
                "Ж"
            })
    void shouldTakeNothingButANameOfAnIndex(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IndexName(pattern))
                .withMessageContaining("expected a name");
    }

    @Test
    void shouldTakeNoNameThatIsTooLong() {
        assertThat(new IndexName("a".repeat(255)).of(null)).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> new IndexName("a".repeat(256)));
        assertThatIllegalArgumentException().isThrownBy(() -> new IndexName("a".repeat(246) + "%{+yyyy.MM.dd}"));
    }
}
