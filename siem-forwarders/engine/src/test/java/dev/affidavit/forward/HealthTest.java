package dev.affidavit.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.ForwarderChange;
import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.NotForcedException;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a forwarder fares, who is told of it, and how long it waits. */
final class HealthTest {
    @TempDir
    Path directory;

    private TestCourier soc;
    private FakeDestination destination;

    @BeforeEach
    void open() {
        soc = new TestCourier(directory);
        destination = soc.destination;
    }

    @AfterEach
    void close() {
        soc.close();
    }

    private static ForwarderChange change(ForwarderState from, ForwarderState to, String reason) {
        return new ForwarderChange("soc", "a fake", from, to, reason);
    }

    private static ForwarderChange better(ForwarderState from) {
        return new ForwarderChange("soc", "a fake", from, ForwarderState.DELIVERING, null);
    }

    private Duration failWith(Exception failure) {
        destination.onDeliver.add(FakeDestination.failing(failure));
        return soc.run();
    }

    @Test
    void shouldReportTheFirstFailureAndTheRecoveryOnly() {
        soc.append(0, 1);
        for (int i = 0; i < 50; i++) {
            destination.onOpen.add(FakeDestination.failing("connection refused"));
        }
        for (int i = 0; i < 50; i++) {
            soc.machine.pass(soc.courier.step());
        }
        assertThat(soc.status.messages())
                .containsExactly(
                        "ERROR forwarder 'soc' cannot deliver to a fake: connection refused. It tries again until"
                                + " it can; the log keeps every event.");

        soc.run();

        assertThat(soc.status.messages())
                .hasSize(2)
                .last()
                .isEqualTo("INFO forwarder 'soc' delivers to a fake again, after 50 failed attempt(s)");
        assertThat(soc.changes)
                .containsExactly(
                        change(ForwarderState.DELIVERING, ForwarderState.RETRYING, "connection refused"),
                        better(ForwarderState.RETRYING));
        assertThat(soc.statistics().lastError()).isEqualTo("connection refused");
        assertThat(soc.statistics().failures()).isEqualTo(50);
    }

    @Test
    void shouldShowItsStateAndSinceWhen() {
        soc.append(0, 1);
        soc.machine.pass(Duration.ofSeconds(10));
        failWith(new IOException("away"));
        soc.machine.pass(Duration.ofSeconds(10));
        failWith(new IOException("still away"));

        ForwarderStatistics failing = soc.statistics();
        assertThat(failing.state()).isEqualTo(ForwarderState.RETRYING);
        assertThat(failing.since()).isEqualTo(FakeMachine.START.plusSeconds(10));
        assertThat(failing.lastError()).isEqualTo("still away");
        soc.run();
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.DELIVERING);
        assertThat(soc.statistics().since()).isEqualTo(FakeMachine.START.plusSeconds(20));
        soc.courier.close();
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.STOPPED);
    }

    @Test
    void shouldNotKeepItselfBusyWithADestinationThatFailsAtEveryOtherEvent() {
        for (int second = 0; second < 300; second++) {
            soc.append(second, second + 1); // as the event that tells of the last change
            failWith(new IOException("flapping"));
            soc.run();
            soc.machine.pass(Duration.ofSeconds(1));
        }

        assertThat(soc.statistics().failures()).isEqualTo(300);
        assertThat(soc.changes).hasSize(10); // one there and back each minute
    }

    @Test
    void shouldTellOfAFailureThatComesAgainIfItLasts() {
        soc.append(0, 1);
        failWith(new IOException("away"));
        soc.run();
        soc.append(1, 2);
        failWith(new IOException("away again"));
        assertThat(soc.changes).hasSize(2);

        soc.machine.pass(Health.QUIET);
        failWith(new IOException("away for good"));

        assertThat(soc.changes)
                .hasSize(3)
                .last()
                .isEqualTo(change(ForwarderState.DELIVERING, ForwarderState.RETRYING, "away for good"));
    }

    @Test
    void shouldWaitAsLongAsABusyDestinationAsksFor() {
        soc.append(0, 1);

        assertThat(failWith(new DestinationBusyException("429", Duration.ofSeconds(90))))
                .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(90).plus(Backoff.FIRST_LIMIT));
        assertThat(destination.closed.get()).isZero();
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.RETRYING);

        assertThat(failWith(new DestinationBusyException("429", Duration.ofDays(10_000))))
                .isBetween(Pace.LONGEST_PAUSE, Pace.LONGEST_PAUSE.plus(Backoff.LAST_LIMIT));
        assertThat(failWith(new DestinationBusyException("429", Duration.ZERO))).isPositive();
        soc.run();
        assertThat(destination.opened.get()).isEqualTo(1);
        assertThat(soc.cursor().line()).isEqualTo(1);
    }

    @Test
    void shouldAlarmOnceOfAMisconfiguredDestinationAndTryNowAndThen() {
        soc.append(0, 1);
        for (int i = 0; i < 100; i++) {
            Duration wait = failWith(new MisconfiguredDestinationException("401: wrong token"));
            assertThat(wait).isBetween(Pace.MISCONFIGURED, Pace.MISCONFIGURED.plus(Backoff.LAST_LIMIT));
            soc.machine.pass(wait);
        }

        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.MISCONFIGURED);
        assertThat(destination.closed.get()).isEqualTo(100);
        assertThat(soc.status.messages())
                .containsExactly(
                        "ERROR forwarder 'soc' is kept from delivering to a fake: 401: wrong token. It tries again"
                                + " now and then, but somebody has to mend that; the log keeps every event.");
        soc.run();
        assertThat(soc.changes)
                .containsExactly(
                        change(ForwarderState.DELIVERING, ForwarderState.MISCONFIGURED, "401: wrong token"),
                        better(ForwarderState.MISCONFIGURED));
        assertThat(soc.cursor().line()).isEqualTo(1);
    }

    @Test
    void shouldTellOfEachKindOfTroubleInOneOutage() {
        soc.append(0, 1);
        failWith(new IOException("away"));
        failWith(new MisconfiguredDestinationException("401"));
        soc.run();

        assertThat(soc.changes)
                .containsExactly(
                        change(ForwarderState.DELIVERING, ForwarderState.RETRYING, "away"),
                        change(ForwarderState.RETRYING, ForwarderState.MISCONFIGURED, "401"),
                        better(ForwarderState.MISCONFIGURED));
    }

    @Test
    void shouldSendNothingWhileWhatWasReadIsNotOnTheDevice() {
        soc.append(0, 1);
        NotForcedException refused = refusal();
        soc.machine.device = reader -> {
            throw refused;
        };

        assertThat(soc.run()).isEqualTo(Pace.HALTED);
        assertThat(soc.run()).isEqualTo(Pace.HALTED);

        assertThat(destination.opened.get()).isZero();
        assertThat(soc.cursor().line()).isZero();
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.HALTED);
        assertThat(soc.status.messages())
                .containsExactly("ERROR forwarder 'soc' sends nothing to a fake: " + refused.getMessage());

        soc.machine.device = LogReader::force; // the writer has copied the line
        soc.append(1, 2);
        soc.run();
        assertThat(destination.got).isEqualTo(TestCourier.lines(0, 2));
        assertThat(soc.changes)
                .extracting(ForwarderChange::to)
                .containsExactly(ForwarderState.HALTED, ForwarderState.DELIVERING);
    }

    /** What the store throws, which nobody else can make: of a reader beside no writer, whose file an interrupt has closed. */
    private NotForcedException refusal() {
        Path closed = directory.resolve("closed");
        try (SampleLog log = SampleLog.in(closed)) {
            log.append("line");
        }
        try (LogReader reader = LogReader.fromOldest(closed)) {
            assertThat(reader.read(1, 1)).hasSize(1);
            Thread.currentThread().interrupt();
            reader.force();
            throw new AssertionError("expected a refusal");
        } catch (NotForcedException e) {
            return e;
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void shouldCutAReasonThatIsAWholePage() {
        soc.append(0, 1);
        failWith(new IOException("<html>" + "x".repeat(100_000)));

        assertThat(soc.statistics().lastError()).hasSize(501).endsWith("x…");
        assertThat(soc.changes.get(0).reason()).hasSize(501);
    }

    @Test
    void shouldSurviveAWatchThatFails() {
        soc.append(0, 1);
        soc.changes = List.of(); // the watch cannot add to it
        failWith(new IOException("away"));

        soc.run();

        assertThat(soc.cursor().line()).isEqualTo(1);
    }
}
