package dev.affidavit.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private Instant now = Instant.parse("2026-01-19T02:54:27Z");
    private final InstantSource time = () -> now;
    private final RateLimit limit = new RateLimit(1, time);

    @Test
    void shouldTellTheFirstRefusalOfAWindowFromTheOthers() {
        assertThat(limit.count("a")).isEqualTo(RateLimit.Verdict.ADMITTED);
        assertThat(limit.count("a")).isEqualTo(RateLimit.Verdict.FIRST_REFUSED);
        assertThat(limit.count("a")).isEqualTo(RateLimit.Verdict.REFUSED);
        assertThat(limit.count("b")).isEqualTo(RateLimit.Verdict.ADMITTED);
    }

    @Test
    void shouldAdmitAgainInTheNextWindow() {
        limit.count("a");
        limit.count("a");

        now = now.plus(RateLimit.WINDOW);

        assertThat(limit.count("a")).isEqualTo(RateLimit.Verdict.ADMITTED);
    }
}
