package dev.affidavit.forward;

import static dev.affidavit.forward.TestEngine.await;
import static dev.affidavit.forward.TestEngine.awaitUninterruptibly;
import static dev.affidavit.forward.TestEngine.forwarder;
import static dev.affidavit.forward.TestEngine.statistics;
import static dev.affidavit.forward.TestEngine.threadOf;
import static dev.affidavit.forward.TestEngine.timeOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forwarders stop in time, whatever they are at. */
@Timeout(60)
final class StopTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final FakeDestination destination = new FakeDestination();

    @TempDir
    Path directory;

    private TestEngine engine;

    @BeforeEach
    void open() {
        engine = new TestEngine(directory);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldDeliverWhatCanBeReadBeforeItStops() {
        Forwarding forwarding = engine.start(forwarder("soc", destination));
        engine.append(1);
        await("the first line", () -> destination.got.size() == 1);
        engine.append(5000);

        forwarding.close();

        assertThat(destination.got).hasSize(5001);
        assertThat(engine.cursorOf("soc")).isEqualTo(5001);
        assertThat(destination.closed.get()).isEqualTo(destination.opened.get());
    }

    static Stream<Exception> shouldStopAtOnceWhileItWaitsAfter() {
        return Stream.of(
                new IOException("away"),
                new DestinationBusyException("429", Duration.ofHours(1)),
                new MisconfiguredDestinationException("401"),
                new IllegalStateException("a bug"));
    }

    @ParameterizedTest
    @MethodSource
    void shouldStopAtOnceWhileItWaitsAfter(Exception failure) {
        for (int i = 0; i < 1000; i++) {
            destination.onOpen.add(FakeDestination.failing(failure));
        }
        engine.append(1);
        Forwarding forwarding = engine.start(forwarder("soc", destination));
        await("a failure", () -> statistics(forwarding, "soc").failures() > 0);

        assertThat(timeOf(forwarding::close)).isLessThan(AT_ONCE);

        assertThat(destination.opened.get()).isZero();
        assertThat(engine.cursorOf("soc")).isZero();
    }

    @Test
    void shouldStopAtOnceWhileAnotherHasItsCursor() {
        try (Forwarding other = engine.start(forwarder("soc", new FakeDestination()))) {
            engine.append(1);
            await("the other's delivery", () -> statistics(other, "soc").delivered() == 1);
            Forwarding forwarding = engine.start(forwarder("soc", destination));
            await("a failure", () -> statistics(forwarding, "soc").failures() > 0);

            assertThat(timeOf(forwarding::close)).isLessThan(AT_ONCE);
        }
        assertThat(destination.got).isEmpty();
    }

    @Test
    void shouldDeliverAtOnceWhatWaitsForABatchToBeFull() {
        BatchLimits patient = new BatchLimits(1000, 1_000_000, Duration.ofHours(1));
        Forwarding forwarding = engine.start(new ForwarderConfig("soc", destination, patient));
        engine.append(3);
        await("the lines are read", () -> statistics(forwarding, "soc").lagBytes() > 0);
        assertThat(destination.got).isEmpty();

        assertThat(timeOf(forwarding::close)).isLessThan(AT_ONCE);

        assertThat(destination.got).hasSize(3);
        assertThat(engine.cursorOf("soc")).isEqualTo(3);
    }

    @Test
    void shouldStopInTimeWhenADeliveryBlocksUntilItIsClosed() {
        CountDownLatch closed = new CountDownLatch(1);
        destination.onDeliver.add(() -> {
            awaitUninterruptibly(closed);
            throw new IOException("closed");
        });
        destination.onClose = closed::countDown;
        engine.append(1);
        Forwarding forwarding = engine.start(forwarder("soc", destination));
        await("a delivery", () -> destination.got.size() == 1);

        assertThat(timeOf(forwarding::close)).isLessThan(TestEngine.STOP_LIMIT);

        assertThat(engine.status.messages()).isEmpty();
        assertThat(engine.cursorOf("soc")).isZero();
    }

    @Test
    void shouldStopInTimeWhenConnectingBlocksUntilItIsInterrupted() {
        CountDownLatch connecting = new CountDownLatch(1);
        destination.onOpen.add(() -> {
            connecting.countDown();
            new CountDownLatch(1).await();
        });
        engine.append(1);
        Forwarding forwarding = engine.start(forwarder("soc", destination));
        await("a connection", () -> connecting.getCount() == 0);

        assertThat(timeOf(forwarding::close)).isLessThan(TestEngine.STOP_LIMIT);

        assertThat(engine.status.messages()).isEmpty();
    }

    @Test
    void shouldStopInTimeWhenNothingEndsACall() {
        destination.onDeliver.add(engine::hang);
        destination.onClose = engine::hang;
        FakeDestination second = new FakeDestination();
        second.onDeliver.add(engine::hang);
        engine.append(1);
        Forwarding forwarding = engine.start(forwarder("soc", destination), forwarder("siem", second));
        await("deliveries", () -> destination.got.size() == 1 && second.got.size() == 1);

        assertThat(timeOf(forwarding::close)).isLessThan(TestEngine.STOP_LIMIT.plusMillis(200));

        assertThat(engine.status.messages())
                .hasSize(2)
                .allMatch(message -> message.contains("does not return; the log keeps what was not delivered"));
        engine.release();
        await("the thread's end", () -> threadOf("soc").isEmpty());
        assertThat(engine.cursorOf("soc")).isZero();
    }
}
