package dev.affidavit.forward.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-20T22:24:14Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            120                           | 120
            0                             | 0
            999999999                     | 999999999
            Fri, 20 Nov 2026 22:25:14 GMT | 60
            Fri, 20 Nov 2026 22:23:14 GMT | 0
            """)
    void shouldReadSecondsAndDates(String value, int seconds) {
        assertThat(RetryAfter.of(value, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "", "1.5", "99999999999999999999", "Fri, 31 Feb 2026 00:00:00 GMT"})
    void shouldTakeWhatCannotBeReadForNone(String value) {
        assertThat(RetryAfter.of(value, NOW)).isZero();
    }

    @Test
    void shouldBeZeroWhereNoneIsAskedFor() {
        assertThat(RetryAfter.of(null, NOW)).isZero();
    }
}
