package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AgeClockTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration MAX_AGE = Duration.ofDays(90);
    private static final Duration YEAR = Duration.ofDays(365);

    private final AgeClock clock = new AgeClock(START.minus(Duration.ofDays(1)));
    private Duration uptime = Duration.ZERO;

    /** What the clock says, that much later, if it is wrong by {@code error}. */
    private Instant after(Duration passed, Duration error) {
        uptime = uptime.plus(passed);
        return now(clock, START.plus(uptime).plus(error));
    }

    private Instant now(AgeClock of, Instant wall) {
        return of.now(wall, uptime.toNanos(), MAX_AGE);
    }

    @Test
    void shouldFollowAClockThatGoesOn() {
        for (int day = 0; day < 100; day++) {
            assertThat(after(Duration.ofSeconds(30), Duration.ZERO)).isEqualTo(START.plus(uptime));
            assertThat(clock.isDoubting()).isFalse();
        }
    }

    @Test
    void shouldFollowAClockThatIsCorrectedByMinutes() {
        after(Duration.ZERO, Duration.ZERO);

        assertThat(after(Duration.ofSeconds(30), Duration.ofMinutes(59))).isEqualTo(START.plusSeconds(3570));
        assertThat(after(Duration.ofSeconds(30), Duration.ZERO)).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void shouldFollowAClockThatStepsBack() {
        after(Duration.ZERO, Duration.ZERO);

        assertThat(after(Duration.ofSeconds(30), YEAR.negated()))
                .isEqualTo(START.plusSeconds(30).minus(YEAR));
    }

    @Test
    void shouldNotBelieveAYearAheadUntilItHasStoodForAnHour() {
        after(Duration.ZERO, Duration.ZERO);

        assertThat(after(Duration.ofSeconds(30), YEAR)).isEqualTo(START.plus(uptime));
        assertThat(clock.isDoubting()).isTrue();
        assertThat(after(Duration.ofMinutes(59), YEAR)).isEqualTo(START.plus(uptime));
        assertThat(after(Duration.ofMinutes(1), YEAR))
                .isEqualTo(START.plus(uptime).plus(YEAR));
        assertThat(clock.isDoubting()).isFalse();
        assertThat(after(Duration.ofSeconds(30), YEAR))
                .isEqualTo(START.plus(uptime).plus(YEAR));
    }

    @Test
    void shouldForgetADoubtWhenTheClockIsRightAgain() {
        after(Duration.ZERO, Duration.ZERO);
        after(Duration.ofSeconds(30), YEAR);

        assertThat(after(Duration.ofMinutes(50), Duration.ZERO)).isEqualTo(START.plus(uptime));
        assertThat(clock.isDoubting()).isFalse();
        assertThat(after(Duration.ofMinutes(20), YEAR)).isEqualTo(START.plus(uptime));
        assertThat(clock.isDoubting()).isTrue();
    }

    @Test
    void shouldBelieveAtFirstWhateverTheLogDoesNotContradict() {
        assertThat(now(new AgeClock(null), START)).isEqualTo(START);
        assertThat(now(new AgeClock(START.plus(YEAR)), START)).isEqualTo(START);
        assertThat(now(new AgeClock(START.minus(MAX_AGE)), START)).isEqualTo(START);
    }

    @Test
    void shouldDoubtAStartThatMakesTheWholeLogTooOld() {
        Instant newest = START.minus(MAX_AGE).minusSeconds(1);
        AgeClock started = new AgeClock(newest);

        assertThat(now(started, START)).isEqualTo(newest);
        assertThat(started.isDoubting()).isTrue();
        uptime = Duration.ofHours(1);
        assertThat(now(started, START.plus(uptime))).isEqualTo(START.plus(uptime));
    }
}
