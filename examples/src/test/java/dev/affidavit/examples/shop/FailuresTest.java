package dev.affidavit.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class FailuresTest {
    private Instant now = Instant.parse("2026-01-19T02:54:27Z");
    private final InstantSource time = () -> now;
    private final Failures failures = new Failures(2, Duration.ofMinutes(15), time);

    @Test
    void shouldBarWhoReachesTheLimit() {
        assertThat(failures.add("bob").barred()).isFalse();
        assertThat(failures.add("bob").barred()).isTrue();
        assertThat(failures.of("alice").barred()).isFalse();
    }

    @Test
    void shouldSayWhoseTimeIsOver() {
        failures.add("bob");
        failures.add("bob");
        assertThat(failures.outdated()).isEmpty();

        now = now.plus(Duration.ofMinutes(15));

        assertThat(failures.outdated()).containsExactly("bob");
        assertThat(failures.clear("bob")).isTrue();
        assertThat(failures.of("bob").barred()).isFalse();
    }

    @Test
    void shouldNotCallItAnUnlockWhenNobodyWasLocked() {
        failures.add("bob");

        assertThat(failures.clear("bob")).isFalse();
    }
}
