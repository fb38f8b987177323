package dev.affidavit.forward;

import static dev.affidavit.forward.TestEngine.await;
import static dev.affidavit.forward.TestEngine.awaitUninterruptibly;
import static dev.affidavit.forward.TestEngine.forwarder;
import static dev.affidavit.forward.TestEngine.statistics;
import static dev.affidavit.forward.TestEngine.threadOf;
import static dev.affidavit.forward.TestEngine.timeOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.config.Payload;
import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forwarders stop in time, whatever they are at. */
@Timeout(300)
final class StopTest {
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
        engine.stopTime();
        engine.append(1);
        Forwarding forwarding = engine.start(forwarder("soc", destination));
        await("a failure", () -> statistics(forwarding, "soc").failures() > 0);

        assertThat(timeOf(forwarding::close)).isLessThan(TestEngine.SOON);

        assertThat(destination.opened.get()).isZero();
        assertThat(engine.cursorOf("soc")).isZero();
    }

    @Test
    void shouldStopAtOnceWhileAnotherHasItsCursor() {
        try (Forwarding other = engine.start(forwarder("soc", new FakeDestination()))) {
            engine.append(1);
            await("the other's delivery", () -> statistics(other, "soc").delivered() == 1);
            engine.stopTime();
            Forwarding forwarding = engine.start(forwarder("soc", destination));
            await("a failure", () -> statistics(forwarding, "soc").failures() > 0);

            assertThat(timeOf(forwarding::close)).isLessThan(TestEngine.SOON);
        }
        assertThat(destination.got).isEmpty();
    }

    @Test
    void shouldDeliverAtOnceWhatWaitsForABatchToBeFull() {
        BatchLimits patient = new BatchLimits(1000, 1_000_000, Duration.ofHours(1));
        Forwarding forwarding = engine.start(new ForwarderConfig("soc", destination, patient, Payload.PLAIN));
        engine.append(3);
        await("the lines are read", () -> statistics(forwarding, "soc").lagBytes() > 0);
        assertThat(destination.got).isEmpty();

        assertThat(timeOf(forwarding::close)).isLessThan(TestEngine.SOON);

        assertThat(destination.got).hasSize(3);
        assertThat(engine.cursorOf("soc")).isEqualTo(3);
    }

    @Test
    void shouldNoteTheAnswerToTheLastDeliveryAndBeginNoOther() {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        destination.onDeliver.add(() -> {
            awaitUninterruptibly(answer);
            interrupted.set(Thread.interrupted());
        });
        engine.append(10);
        BatchLimits three = new BatchLimits(3, 1_000_000, Duration.ZERO);
        Forwarder forwarder = start(new ForwarderConfig("soc", destination, three, Payload.PLAIN), engine.status);
        await("a delivery", () -> destination.got.size() == 3);

        forwarder.requestStop();
        forwarder.beginNoMore();
        answer.countDown();

        assertThat(forwarder.awaitEnd(TestEngine.SOON)).isTrue();
        assertThat(interrupted).isFalse();
        assertThat(destination.got).hasSize(3);
        assertThat(engine.cursorOf("soc")).isEqualTo(3);
        assertThat(engine.status.messages()).isEmpty();
    }

    @Test
    void shouldLeaveADeliveryTimeForItsAnswerBeforeItIsCutShort() {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicLong closedAt = new AtomicLong();
        engine.stopLimits = StopLimits.PROMISED;
        destination.onDeliver.add(() -> {
            awaitUninterruptibly(closed);
            throw new IOException("closed");
        });
        destination.onClose = () -> {
            closedAt.compareAndSet(0, System.nanoTime());
            closed.countDown();
        };
        engine.append(1);
        Forwarding forwarding = engine.start(forwarder("soc", destination));
        await("a delivery", () -> destination.got.size() == 1);
        long from = System.nanoTime();

        forwarding.close();

        await("the end of the call", () -> closedAt.get() != 0); // on a thread that close() does not wait for long
        assertThat(Duration.ofNanos(closedAt.get() - from))
                .isGreaterThanOrEqualTo(StopLimits.PROMISED.lastDeliveries().plus(StopLimits.PROMISED.lastAnswer()));
    }

    @Test
    void shouldNotInterruptWhileAnAnswerIsNoted() throws InterruptedException {
        CountDownLatch noting = new CountDownLatch(1);
        CountDownLatch cut = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean(true);
        FrameworkStatus toldOfADeadLetter = new FrameworkStatus() {
            @Override
            public void info(String message) {}

            @Override
            public void warn(String message) {
                noting.countDown();
                awaitUninterruptibly(cut);
                interrupted.set(Thread.currentThread().isInterrupted());
            }

            @Override
            public void error(String message, @Nullable Throwable cause) {}
        };
        destination.refuses = line -> true;
        engine.append(2);
        Forwarder forwarder = start(forwarder("soc", destination), toldOfADeadLetter);
        noting.await();

        forwarder.requestStop();
        forwarder.beginNoMore();
        forwarder.cut();
        cut.countDown();

        assertThat(forwarder.awaitEnd(TestEngine.SOON)).isTrue();
        assertThat(interrupted).isFalse();
        assertThat(engine.cursorOf("soc")).isEqualTo(2);
        assertThat(DeadLetters.of(directory).count("soc")).isEqualTo(2);
    }

    private Forwarder start(ForwarderConfig config, FrameworkStatus status) {
        Job job = new Job(
                engine.log.directory(),
                engine.identity(),
                () -> Decrypter.WITHOUT_KEYS,
                config,
                status,
                ForwarderWatch.NONE);
        return Forwarder.start(job, Surroundings.real());
    }

    @Test
    void shouldStopInTimeWhenADeliveryBlocksUntilItIsClosed() {
        CountDownLatch closed = new CountDownLatch(1);
        destination.onDeliver.add(() -> {
            awaitUninterruptibly(closed);
            throw new IOException("closed");
        });
        destination.onClose = closed::countDown;
        engine.stopLimits = new StopLimits(Duration.ZERO, Duration.ZERO, TestEngine.SOON);
        engine.append(1);
        Forwarding forwarding = engine.start(forwarder("soc", destination));
        await("a delivery", () -> destination.got.size() == 1);

        assertThat(timeOf(forwarding::close)).isLessThan(TestEngine.SOON);

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
        engine.stopLimits = new StopLimits(Duration.ZERO, Duration.ZERO, TestEngine.SOON);
        engine.append(1);
        Forwarding forwarding = engine.start(forwarder("soc", destination));
        await("a connection", () -> connecting.getCount() == 0);

        assertThat(timeOf(forwarding::close)).isLessThan(TestEngine.SOON);

        assertThat(engine.status.messages()).isEmpty();
    }

    @Test
    void shouldStopInTimeWhenNothingEndsACall() {
        List<FakeDestination> hanging =
                Stream.generate(FakeDestination::new).limit(20).toList();
        ForwarderConfig[] configs = new ForwarderConfig[hanging.size()];
        for (int i = 0; i < configs.length; i++) {
            hanging.get(i).onDeliver.add(engine::hang);
            hanging.get(i).onClose = engine::hang;
            configs[i] = forwarder("soc" + i, hanging.get(i));
        }
        Duration together = Duration.ofSeconds(1);
        engine.stopLimits = new StopLimits(together, Duration.ZERO, Duration.ZERO);
        engine.append(1);
        Forwarding forwarding = engine.start(configs);
        await("deliveries", () -> hanging.stream().allMatch(one -> one.got.size() == 1));

        assertThat(timeOf(forwarding::close))
                .isGreaterThanOrEqualTo(together)
                .isLessThan(together.multipliedBy(configs.length));

        assertThat(engine.status.messages())
                .hasSize(configs.length)
                .allMatch(message -> message.contains("does not return; the log keeps what was not delivered"));
        engine.release();
        await("the thread's end", () -> threadOf("soc0").isEmpty());
        assertThat(engine.cursorOf("soc0")).isZero();
    }

    @Test
    void shouldTakeNoLongerThanPromised() {
        StopLimits promised = StopLimits.PROMISED;

        assertThat(promised.lastDeliveries().plus(promised.lastAnswer()).plus(promised.cut()))
                .isLessThan(Duration.ofSeconds(2));
    }
}
