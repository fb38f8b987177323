package dev.affidavit.forward;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.config.Payload;
import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwarderChange;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.Position;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A courier of the forwarder "soc" with all that is around it in a test's hand: its log, its destination, its time. */
final class TestCourier implements AutoCloseable {
    final FakeDestination destination = new FakeDestination();
    final RecordingStatus status = new RecordingStatus();
    /** What errors were told with. */
    final List<Throwable> causes = new ArrayList<>();

    List<ForwarderChange> changes = new ArrayList<>();
    final FakeMachine machine = new FakeMachine();
    final Path directory;
    SampleLog log;
    Courier courier;
    private BatchLimits limits = BatchLimits.DEFAULT;
    private Supplier<Decrypter> decryption = () -> Decrypter.WITHOUT_KEYS;
    private Payload payload = Payload.PLAIN;

    TestCourier(Path directory) {
        this.log = SampleLog.in(directory);
        this.directory = log.directory();
        this.courier = newCourier(status);
    }

    private Courier newCourier(FrameworkStatus toTell) {
        Job job = new Job(
                directory,
                new LogIdentity(log.id(), "payments", "host1"),
                decryption,
                new ForwarderConfig("soc", destination, limits, payload),
                FrameworkStatus.guarded(keepingCauses(toTell)),
                change -> changes.add(change));
        return new Courier(job, machine.surroundings());
    }

    private FrameworkStatus keepingCauses(FrameworkStatus toTell) {
        return new FrameworkStatus() {
            @Override
            public void info(String message) {
                toTell.info(message);
            }

            @Override
            public void warn(String message) {
                toTell.warn(message);
            }

            @Override
            public void error(String message, @Nullable Throwable cause) {
                if (cause != null) {
                    causes.add(cause);
                }
                toTell.error(message, cause);
            }
        };
    }

    void restart() {
        restart(status);
    }

    void restart(FrameworkStatus toTell) {
        courier.close();
        courier = newCourier(toTell);
    }

    void restartWith(BatchLimits newLimits) {
        limits = newLimits;
        restart();
    }

    void restartWith(Supplier<Decrypter> newDecryption, Payload newPayload) {
        decryption = newDecryption;
        payload = newPayload;
        restart();
    }

    /** Opens the log again, with small segments. */
    void rotateEarly() {
        log.close();
        log = SampleLog.with(LogOptions.in(directory).maxSegmentBytes(64).build());
    }

    /** Steps until there is nothing to do, or a step failed; returns the wait after it. */
    Duration run() {
        Duration wait = Duration.ZERO;
        while (wait.isZero()) {
            wait = courier.step();
        }
        return wait;
    }

    /** Lets the time of a wait pass, and runs. */
    Duration runAfter(Duration wait) {
        machine.pass(wait);
        return run();
    }

    void append(int from, int to) {
        lines(from, to).forEach(log::append);
    }

    static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    Position cursor() {
        return Cursors.of(directory).read("soc").orElseThrow();
    }

    Path cursorFile() {
        return directory.resolve(".affidavit").resolve("cursors").resolve("soc.cursor");
    }

    ForwarderStatistics statistics() {
        return courier.statistics();
    }

    @Override
    public void close() {
        courier.close();
        log.close();
    }
}
