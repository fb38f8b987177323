package dev.affidavit.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.affidavit.store.LogReader;
import dev.affidavit.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a forwarder is behind, and how fast. */
final class LagTest {
    private static final String EVENT = "{\"id\":\"evt_1_1\",\"timestamp\":\"%s\"}";
    /** With its line break. */
    private static final long EVENT_BYTES = EVENT.length() - 2 + 27 + 1L;

    @TempDir
    Path directory;

    private TestCourier soc;

    @BeforeEach
    void open() {
        soc = new TestCourier(directory);
    }

    @AfterEach
    void close() {
        soc.close();
    }

    private void appendEventOf(String timestamp) {
        soc.log.append(EVENT.formatted(timestamp));
    }

    @Test
    void shouldCountBytesAndTheAgeOfTheOldestLine() {
        assertThat(soc.statistics().lagBytes()).isEqualTo(-1);
        appendEventOf("2026-11-21T09:59:00.000000Z");
        appendEventOf("2026-11-21T09:59:30.000000Z");
        soc.destination.onDeliver.add(FakeDestination.failing("away"));
        soc.run();

        assertThat(soc.statistics().lagBytes()).isEqualTo(2 * EVENT_BYTES);
        assertThat(soc.statistics().lag()).isEqualTo(Duration.ofSeconds(60));
        soc.machine.pass(Duration.ofSeconds(5));
        soc.destination.settles = 1;
        soc.courier.step();
        assertThat(soc.statistics().lagBytes()).isEqualTo(EVENT_BYTES);
        assertThat(soc.statistics().lag()).isEqualTo(Duration.ofSeconds(35));
        soc.run();
        assertThat(soc.statistics().lagBytes()).isZero();
        assertThat(soc.statistics().lag()).isNull();
    }

    @Test
    void shouldNotGuessTheAgeOfALineWithoutATimestamp() {
        soc.append(0, 1);
        appendEventOf("no time");
        soc.destination.onDeliver.add(FakeDestination.failing("away"));
        soc.run();

        assertThat(soc.statistics().lag()).isNull();
        assertThat(soc.statistics().lagBytes()).isPositive();
    }

    @Test
    void shouldKnowTheAgeOfTheOldestLineWhileTheLogCannotBeRead() {
        appendEventOf("2026-11-21T09:59:00.000000Z");
        appendEventOf("2026-11-21T09:59:30.000000Z");
        soc.destination.settles = 1;
        soc.courier.step();
        soc.machine.device = reader -> {
            throw new StoreException("the directory is away");
        };
        appendEventOf("2026-11-21T09:59:40.000000Z");
        soc.destination.settles = 2;
        soc.run();
        soc.machine.pass(Duration.ofSeconds(5));

        assertThat(soc.statistics().lastError()).isEqualTo("the directory is away");
        assertThat(soc.statistics().lag()).isEqualTo(Duration.ofSeconds(25));
        soc.machine.device = LogReader::force;
        soc.run();
        assertThat(soc.statistics().lag()).isNull();
        assertThat(soc.statistics().lagBytes()).isZero();
    }

    @Test
    void shouldNotBeAheadOfALineFromTheFuture() {
        appendEventOf("2999-01-01T00:00:00.000000Z");
        soc.destination.onDeliver.add(FakeDestination.failing("away"));
        soc.run();

        assertThat(soc.statistics().lag()).isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldCountTheLinesOfTheLastMinute() {
        for (int second = 0; second < 120; second++) {
            soc.append(0, 3);
            soc.run();
            soc.machine.pass(Duration.ofSeconds(1));
        }
        assertThat(soc.statistics().perSecond()).isCloseTo(3, within(0.06));

        soc.machine.pass(Duration.ofSeconds(30));
        assertThat(soc.statistics().perSecond()).isCloseTo(1.5, within(0.06));
        soc.machine.pass(Duration.ofDays(10));
        assertThat(soc.statistics().perSecond()).isZero();
        assertThat(soc.statistics().delivered()).isEqualTo(360);
    }

    @Test
    void shouldCountFromTheStartWhileThatIsLessThanAMinuteAgo() {
        soc.machine.pass(Duration.ofSeconds(9));
        soc.append(0, 20);
        soc.run();

        assertThat(soc.statistics().perSecond()).isEqualTo(2);
    }
}
