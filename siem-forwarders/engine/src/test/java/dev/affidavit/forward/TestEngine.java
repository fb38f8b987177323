package dev.affidavit.forward;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.Position;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** An engine with real threads and real time on a log of its own. */
final class TestEngine implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);
    /** A forwarder that ends by itself is let. */
    private static final StopLimits PATIENT = new StopLimits(SOON, SOON, SOON);
    /** One that nothing ends is not waited for. */
    static final StopLimits IMPATIENT = new StopLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    Surroundings surroundings = Surroundings.real();
    StopLimits stopLimits = PATIENT;
    final RecordingStatus status = new RecordingStatus();
    final SampleLog log;
    /** What hangs for ever waits for this; released when the test ends. */
    private final CountDownLatch never = new CountDownLatch(1);

    TestEngine(Path directory) {
        this.log = SampleLog.in(directory);
    }

    static ForwarderConfig forwarder(String name, DestinationFactory destination) {
        return ForwarderConfig.of(name, destination);
    }

    LogIdentity identity() {
        return new LogIdentity(log.id(), "", "host1");
    }

    Forwarding start(ForwarderConfig... configs) {
        return new Engine(surroundings, stopLimits)
                .start(
                        log.directory(),
                        identity(),
                        () -> Decrypter.WITHOUT_KEYS,
                        Arrays.asList(configs),
                        status,
                        ForwarderWatch.NONE);
    }

    void append(int count) {
        for (int i = 0; i < count; i++) {
            log.append("line " + i);
        }
    }

    /** How many lines of the only segment it has passed; -1 if it was never stored. */
    long cursorOf(String forwarder) {
        return Cursors.of(log.directory()).read(forwarder).map(Position::line).orElse(-1L);
    }

    static void await(String what, BooleanSupplier condition) {
        Deadline.await(what, SOON, condition);
    }

    static ForwarderStatistics statistics(Forwarding forwarding, String forwarder) {
        List<ForwarderStatistics> all = forwarding.statistics();
        return all.stream()
                .filter(one -> one.name().equals(forwarder))
                .findFirst()
                .orElseThrow();
    }

    static Optional<Thread> threadOf(String forwarder) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("affidavit-forward-" + forwarder))
                .findFirst();
    }

    /** From now on, what a forwarder waits for ends when it is stopped, and not before. */
    void stopTime() {
        surroundings = new Surroundings(
                surroundings.threads(),
                surroundings.random(),
                surroundings.clock(),
                surroundings.nanos(),
                (end, time) -> {
                    end.await();
                    return true;
                },
                surroundings.force());
    }

    static Duration timeOf(Runnable action) {
        long from = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - from);
    }

    /** Returns when the test is over, whatever interrupts it. */
    void hang() {
        awaitUninterruptibly(never);
    }

    static void awaitUninterruptibly(CountDownLatch latch) {
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

    void release() {
        never.countDown();
    }

    /** Nobody is at work in the log's directory any more: it is to be deleted. */
    @Override
    public void close() {
        release();
        await(
                "the end of every thread",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("affidavit-forward")));
        log.close();
    }
}
