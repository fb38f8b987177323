package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T22:24:14.000007Z",
                "2024-02-29T00:00:00Z",
                "0000-01-01T00:00:00.0Z",
                "9999-12-31T23:59:59.999999999Z"
            })
    void shouldReadTimes(String text) {
        assertThat(EventTime.of(text)).isEqualTo(new EventTime(text));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-20",
                "2026-11-20T22:24:14+00:00",
                "2026-11-20T22:24:60Z",
                "2026-11-20T24:00:00Z",
                "2025-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "+12026-11-20T22:24:14Z",
                "2026-11-20T22:24:14.0000000001Z",
                "../../2026-11-20T22:24:14Z",
                "٢٠٢٦-11-20T22:24:14Z"
            })
    void shouldReadNothingElse(String text) {
        assertThat(EventTime.of(text)).isNull();
    }
}
