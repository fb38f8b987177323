package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.OnFailure;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RequiresMount;
import dev.affidavit.testkit.TmpFs;
import dev.affidavit.testkit.appender.Calls.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that runs full and is freed again and again, under load: lines that fit by half leave nothing behind. */
@RequiresMount
@Timeout(300)
public abstract class FullDiskContract {
    private static final int THREADS_OF_EACH = 2;
    private static final int CALLS_BETWEEN = 40;
    /** So that a log of many rounds fits. */
    private static final long PAUSE_NANOS = 200_000;

    private static final int PAGES_OF_A_ROUND = 512;
    /** Of a description: a few pages, so that a line can end in any place of a page. */
    private static final int LARGEST = 3 * TmpFs.PAGE;

    /** In bytes: minutes of the load. */
    private static final long AMPLE = 4L << 30;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;

    protected FullDiskContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @AfterEach
    void unconfigure() {
        framework.unconfigure();
    }

    @ParameterizedTest
    @EnumSource(
            value = OnFailure.class,
            names = {"FAIL_OPERATION", "CONTINUE"})
    void shouldAnswerForEveryCall(OnFailure policy) throws Exception {
        underLoad(policy, 5);
    }

    @Tag("campaign")
    @ParameterizedTest
    @EnumSource(
            value = OnFailure.class,
            names = {"FAIL_OPERATION", "CONTINUE"})
    @Timeout(600)
    void shouldAnswerForEveryCallThroughManyRounds(OnFailure policy) throws Exception {
        underLoad(policy, 100);
    }

    private void underLoad(OnFailure policy, int rounds) throws Exception {
        Calls calls = new Calls();
        AtomicBoolean ends = new AtomicBoolean();
        try (TmpFs disk = TmpFs.ofSize(temporary.resolve("disk"), (rounds + 1L) * PAGES_OF_A_ROUND * TmpFs.PAGE)) {
            LogFile log = new LogFile(disk.directory().resolve("log"));
            framework.configure(Setup.in(log.directory()).onFailure(policy));
            List<Thread> threads = new ArrayList<>();
            for (Caller caller : Caller.values()) {
                for (int i = 0; i < THREADS_OF_EACH; i++) {
                    threads.add(new Thread(() -> load(calls, caller, ends::get)));
                }
            }
            threads.forEach(Thread::start);
            for (int i = 0; i < rounds; i++) {
                disk.fillBut(PAGES_OF_A_ROUND);
                awaitCalls(calls);
                disk.fill();
                awaitCalls(calls);
            }
            disk.enlarge(AMPLE); // or the log fills it again before this thread has its turn to end the load
            disk.free();
            awaitCalls(calls);
            ends.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(calls.make(Caller.AUDIT_LOGGER, 1).message()).isEmpty();
            framework.unconfigure();
            System.out.printf(
                    "%s: %s, full %d times under load: %d calls, %d threw, %d in the log, %d lines%n",
                    framework.getClass().getSimpleName(),
                    policy,
                    rounds,
                    calls.made(),
                    calls.threw(),
                    log.events().size(),
                    log.lines().size());
            if (policy == OnFailure.CONTINUE) {
                calls.requireTheRestSaidLost(log);
                assertThat(log.own("AUDIT_EVENTS_LOST")).isNotEmpty();
            } else {
                calls.requireAllThatReturned(log);
                assertThat(calls.threw()).isPositive();
            }
        } finally {
            ends.set(true);
            framework.unconfigure(); // before the disk goes
        }
    }

    private static void load(Calls calls, Caller caller, BooleanSupplier ends) {
        Random sizes = new Random();
        while (!ends.getAsBoolean()) {
            calls.make(caller, 1 + sizes.nextInt(LARGEST));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void awaitCalls(Calls calls) {
        int goal = calls.made() + CALLS_BETWEEN;
        Deadline.await(CALLS_BETWEEN + " calls", LIMIT, () -> calls.made() >= goal);
    }
}
