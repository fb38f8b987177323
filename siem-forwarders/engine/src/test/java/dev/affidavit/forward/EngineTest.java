package dev.affidavit.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.ForwardingEngine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.store.Cursors;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class EngineTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final FakeDestination destination = new FakeDestination();
    private final RecordingStatus status = new RecordingStatus();
    private final CountDownLatch never = new CountDownLatch(1);

    @TempDir
    Path directory;

    private SampleLog log;

    @BeforeEach
    void open() {
        log = SampleLog.in(directory);
    }

    @AfterEach
    void close() {
        never.countDown();
        log.close();
    }

    private Forwarding start(FakeDestination... destinations) {
        List<ForwarderConfig> configs = new ArrayList<>();
        for (FakeDestination each : destinations) {
            configs.add(ForwarderConfig.of("soc" + configs.size(), each));
        }
        return new Engine()
                .start(log.directory(), new LogIdentity(log.id(), "", "host1"), configs, status, ForwarderWatch.NONE);
    }

    private static Duration timeOf(Runnable action) {
        long from = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - from);
    }

    @Test
    void shouldBeFoundByTheServiceLoader() {
        Engine.class.getModule().addUses(ForwardingEngine.class);

        assertThat(ServiceLoader.load(ForwardingEngine.class)).hasAtLeastOneElementOfType(Engine.class);
    }

    @Test
    void shouldFollowALogWithSeveralForwardersAtOnce() {
        FakeDestination second = new FakeDestination();
        try (Forwarding forwarding = start(destination, second)) {
            for (int i = 0; i < 3000; i++) {
                log.append("line " + i);
            }
            Deadline.await("both have all", SOON, () -> destination.got.size() == 3000 && second.got.size() == 3000);
            assertThat(forwarding.statistics()).extracting("name").containsExactly("soc0", "soc1");
        }

        assertThat(destination.got).isEqualTo(second.got);
    }

    @Test
    void shouldDeliverWhatCanBeReadBeforeItStops() {
        Forwarding forwarding = start(destination);
        log.append("first");
        Deadline.await("the first line", SOON, () -> destination.got.size() == 1);
        for (int i = 0; i < 5000; i++) {
            log.append("line " + i);
        }

        forwarding.close();

        assertThat(destination.got).hasSize(5001);
        assertThat(Cursors.of(directory).read("soc0").orElseThrow().line()).isEqualTo(5001);
        assertThat(destination.closed.get()).isEqualTo(destination.opened.get());
    }

    @Test
    void shouldStopAtOnceWhileTheDestinationIsAway() {
        for (int i = 0; i < 1000; i++) {
            destination.onOpen.add(FakeDestination.failing("away"));
        }
        log.append("line");
        Forwarding forwarding = start(destination);
        Deadline.await("a failure", SOON, () -> !status.messages().isEmpty());

        assertThat(timeOf(forwarding::close)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void shouldStopInTimeWhenADeliveryBlocksUntilItIsClosed() {
        CountDownLatch closed = new CountDownLatch(1);
        destination.onDeliver.add(() -> {
            awaitUninterruptibly(closed);
            throw new IOException("closed");
        });
        destination.onClose = closed::countDown;
        log.append("line");
        Forwarding forwarding = start(destination);
        Deadline.await("a delivery", SOON, () -> destination.got.size() == 1);

        assertThat(timeOf(forwarding::close)).isLessThan(STOP_LIMIT);

        assertThat(status.messages()).isEmpty();
        assertThat(Cursors.of(directory).read("soc0")).isEmpty();
    }

    @Test
    void shouldStopInTimeWhenConnectingBlocksUntilItIsInterrupted() {
        CountDownLatch connecting = new CountDownLatch(1);
        destination.onOpen.add(() -> {
            connecting.countDown();
            never.await();
        });
        log.append("line");
        Forwarding forwarding = start(destination);
        Deadline.await("a connection", SOON, () -> connecting.getCount() == 0);

        assertThat(timeOf(forwarding::close)).isLessThan(STOP_LIMIT);

        assertThat(status.messages()).isEmpty();
    }

    @Test
    void shouldStopInTimeWhenNothingEndsACall() {
        destination.onDeliver.add(() -> awaitUninterruptibly(never));
        destination.onClose = () -> awaitUninterruptibly(never);
        FakeDestination second = new FakeDestination();
        second.onDeliver.add(() -> awaitUninterruptibly(never));
        log.append("line");
        Forwarding forwarding = start(destination, second);
        Deadline.await("deliveries", SOON, () -> destination.got.size() == 1 && second.got.size() == 1);

        assertThat(timeOf(forwarding::close)).isLessThan(STOP_LIMIT.plusMillis(200));

        assertThat(status.messages())
                .hasSize(2)
                .allMatch(message -> message.contains("does not return; the log keeps what was not delivered"));
        never.countDown();
        Deadline.await("the thread's end", SOON, () -> threadOf("soc0").isEmpty());
        assertThat(Cursors.of(directory).read("soc0")).isEmpty();
    }

    @Test
    void shouldTakeNothingFromTheThreadThatStartsIt() {
        try (Forwarding forwarding = start(destination)) {
            Thread thread = threadOf("soc0").orElseThrow();
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader()).isSameAs(Engine.class.getClassLoader());
            assertThat(forwarding.statistics()).hasSize(1);
        }
    }

    private static Optional<Thread> threadOf(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("affidavit-forward-" + name))
                .findFirst();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
