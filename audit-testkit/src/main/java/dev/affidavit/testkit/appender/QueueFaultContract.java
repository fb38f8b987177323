package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.affidavit.config.OnFailure;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RequiresMount;
import dev.affidavit.testkit.TmpFs;
import dev.affidavit.testkit.appender.Calls.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A disk that fails behind a queue: its thread lives, no caller waits for ever, and what is lost is told or counted. */
@RequiresMount
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class QueueFaultContract {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int THREADS = 4;
    /** Many times what the queue holds: a queue that nobody empties would block them. */
    private static final int CALLS_OF_A_THREAD = 50;

    private static final int LARGE = 2 * TmpFs.PAGE;
    private static final long RESERVE_BYTES = 64 * 1024;

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;

    protected QueueFaultContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @BeforeEach
    void settleLosses() {
        framework.configure(Setup.in(temporary.resolve("settled")));
        framework.unconfigure();
        RecordingShutdownHandler.takeCauses();
    }

    @AfterEach
    void unconfigure() {
        framework.unconfigure();
    }

    Stream<Arguments> cases() {
        return framework.queues().stream()
                .flatMap(queue -> Stream.of(OnFailure.values()).map(policy -> arguments(queue, policy)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldGoOnBehindTheQueueAndSayWhatWasLost(String queue, OnFailure policy) throws Exception {
        Calls calls = new Calls();
        try (TmpFs disk = DiskFault.FULL.mount(temporary.resolve("disk"))) {
            LogFile log = new LogFile(disk.directory().resolve("log"));
            framework.configure(Setup.in(log.directory())
                    .onFailure(policy)
                    .with("diskReserve", RESERVE_BYTES + "B")
                    .behind(queue));
            assertThat(calls.make(Caller.AUDIT_LOGGER, 1).message()).isEmpty();
            log.awaitReserve(RESERVE_BYTES);
            disk.fill();

            makePlainCalls(calls);
            assertThat(calls.threw()).isZero();
            requireAnswer(calls.make(Caller.AUDIT_LOGGER, LARGE).message(), policy);
            requireHandler(policy);

            disk.free();
            assertThat(calls.make(Caller.AUDIT_LOGGER, 1).message()).isEmpty();
            int counted = (int) AuditTrails.statistics().get(0).lost();
            framework.unconfigure();
            int missing = calls.requireAtMostOnce(log);
            // A queue behind a queue may still have held a call when they were counted.
            assertThat(Calls.saidLost(log)).isPositive().isBetween(counted, missing);
            if (framework.keepsAll(queue)) {
                calls.requireTheRestSaidLost(log);
            }
        } finally {
            framework.unconfigure(); // before the disk goes
        }
    }

    /** No call behind a queue waits for the handler. */
    private static void requireHandler(OnFailure policy) {
        if (policy == OnFailure.SHUTDOWN) {
            Deadline.await(
                    "the handler is called",
                    SOON,
                    () -> !RecordingShutdownHandler.takeCauses().isEmpty());
        } else {
            assertThat(RecordingShutdownHandler.takeCauses()).isEmpty();
        }
    }

    private static void requireAnswer(String message, OnFailure policy) {
        if (policy == OnFailure.CONTINUE) {
            assertThat(message).isEmpty();
        } else {
            assertThat(message).contains(DiskFault.FULL.message);
        }
    }

    private static void makePlainCalls(Calls calls) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() ->
                    IntStream.range(0, CALLS_OF_A_THREAD).forEach(call -> calls.make(Caller.PLAIN_LOGGER, LARGE))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
