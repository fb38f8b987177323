package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.config.OnFailure;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RequiresMount;
import dev.affidavit.testkit.TmpFs;
import dev.affidavit.testkit.appender.Calls.Caller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real disks that fail, at the start or while the log is written, and are mended: every call is told, or its loss is
 * counted, or the application ended; or, where a file that is open can be written to, nothing is lost. The log says of
 * itself what it met, and goes on, whole, without a restart.
 */
@RequiresMount
@Timeout(300)
public abstract class DiskFaultContract {
    /** More than a page: a full disk lets a file grow to the end of its last page. And more than a segment holds. */
    private static final int LARGE = 2 * TmpFs.PAGE;

    private static final int CALLS = 4;
    private static final long RESERVE_BYTES = 64 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;

    protected DiskFaultContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    /** When the fault begins. */
    enum Moment {
        AT_START,
        IN_USE
    }

    /** Whatever was lost before, and no log could say, is said now. */
    @BeforeEach
    void settleLosses() {
        framework.configure(Setup.in(temporary.resolve("settled")));
        framework.unconfigure();
        assertThat(RecordingShutdownHandler.takeCauses()).isNotNull();
    }

    @AfterEach
    void unconfigure() {
        framework.unconfigure();
    }

    /** Each fault with each policy in use; fewer at the start, where it takes a second until the directory is tried again. */
    static Stream<Arguments> some() {
        return Stream.concat(
                all().filter(each -> each.get()[2] == Moment.IN_USE),
                Stream.of(
                        arguments(OnFailure.FAIL_OPERATION, DiskFault.NO_INODES, Moment.AT_START, Caller.AUDIT_LOGGER),
                        arguments(OnFailure.CONTINUE, DiskFault.FULL, Moment.AT_START, Caller.PLAIN_LOGGER),
                        arguments(OnFailure.SHUTDOWN, DiskFault.READ_ONLY, Moment.AT_START, Caller.AUDIT_LOGGER)));
    }

    static Stream<Arguments> all() {
        List<Arguments> all = new ArrayList<>();
        for (OnFailure policy : OnFailure.values()) {
            for (DiskFault fault : List.of(DiskFault.FULL, DiskFault.NO_INODES, DiskFault.READ_ONLY)) {
                for (Moment moment : Moment.values()) {
                    for (Caller caller : Caller.values()) {
                        all.add(arguments(policy, fault, moment, caller));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("some")
    void shouldAnswerForEveryCall(OnFailure policy, DiskFault fault, Moment moment, Caller caller) {
        new Run(policy, fault, moment, caller).check();
    }

    @Tag("campaign")
    @ParameterizedTest
    @MethodSource("all")
    void shouldAnswerForEveryCallInEachCase(OnFailure policy, DiskFault fault, Moment moment, Caller caller) {
        new Run(policy, fault, moment, caller).check();
    }

    /** One fault, from before to after. */
    private final class Run {
        private final OnFailure policy;
        private final DiskFault fault;
        private final Moment moment;
        private final Caller caller;
        /** Whether events are recorded all the same. */
        private final boolean goesOn;

        private final Calls calls = new Calls();
        private final TmpFs disk;
        private final LogFile log;

        Run(OnFailure policy, DiskFault fault, Moment moment, Caller caller) {
            this.policy = policy;
            this.fault = moment == Moment.IN_USE ? fault.inUse() : fault;
            this.moment = moment;
            this.goesOn = moment == Moment.IN_USE && this.fault.sparesOpenFiles();
            this.caller = caller;
            this.disk = fault.mount(temporary.resolve("disk"));
            this.log = new LogFile(disk.directory().resolve("log"));
        }

        void check() {
            boolean isInUse = moment == Moment.IN_USE;
            Instant began = Instant.now();
            try (disk) {
                if (isInUse) {
                    framework.configure(setup());
                    assertThat(calls.make(caller, 1).message()).isEmpty();
                    log.awaitReserve(RESERVE_BYTES);
                }
                fault.begin(disk);
                if (!isInUse) {
                    framework.configure(setup());
                }
                fail();
                if (isInUse) {
                    awaitReport();
                }
                fault.end(disk);
                goOn(isInUse);
                framework.unconfigure();
                settle(began);
            } finally {
                framework.unconfigure(); // before the disk goes
            }
        }

        private Setup setup() {
            return Setup.in(log.directory())
                    .onFailure(policy)
                    .with("maxFileSize", "1KB")
                    .with("diskReserve", RESERVE_BYTES + "B")
                    .with("diskWarning", "0B");
        }

        private void fail() {
            List<String> causes = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                String message = calls.make(caller, LARGE).message();
                if (policy == OnFailure.CONTINUE || goesOn) {
                    assertThat(message).isEmpty();
                } else {
                    assertThat(message).contains(disk.directory().toString()).contains(fault.message);
                }
                causes.addAll(RecordingShutdownHandler.takeCauses()); // which waits for a handler that is late
            }
            if (policy == OnFailure.SHUTDOWN && !goesOn) {
                assertThat(causes)
                        .hasSize(CALLS)
                        .allSatisfy(cause -> assertThat(cause).contains(fault.message));
            } else {
                assertThat(causes).isEmpty();
            }
        }

        private void awaitReport() {
            String type = goesOn ? "AUDIT_DISK_LOW" : "AUDIT_DISK_FULL";
            Deadline.await("the log has " + type, LIMIT, () -> !log.own(type).isEmpty());
            assertThat(log.own(type).get(0).at("/details/problem").textValue()).contains(fault.message);
        }

        /** In use the next call is recorded; at the start the directory is tried again once a second. */
        private void goOn(boolean isInUse) {
            if (isInUse) {
                assertThat(calls.make(caller, LARGE).message()).isEmpty();
            } else {
                Deadline.await("the log begins", LIMIT, () -> {
                    calls.make(caller, LARGE);
                    return Files.isDirectory(log.directory()) && !log.events().isEmpty();
                });
            }
            assertThat(calls.make(caller, 1).message()).isEmpty();
        }

        private void settle(Instant began) {
            if (goesOn) {
                calls.requireAllThatReturned(log);
                assertThat(calls.threw()).isZero();
                assertThat(log.own("AUDIT_EVENTS_LOST")).isEmpty();
            } else if (policy == OnFailure.CONTINUE) {
                calls.requireTheRestSaidLost(log);
                assertThat(log.own("AUDIT_EVENTS_LOST")).singleElement().satisfies(lost -> requireTold(lost, began));
            } else {
                calls.requireAllThatReturned(log);
                assertThat(calls.threw()).isGreaterThanOrEqualTo(CALLS);
                assertThat(log.own("AUDIT_EVENTS_LOST")).isEmpty();
            }
            RecordingShutdownHandler.takeCauses();
            System.out.printf(
                    "%s: %s, %s %s, %s: %d calls, %d threw, %d in the log, %d said to be lost, %d lines%n",
                    framework.getClass().getSimpleName(),
                    policy,
                    fault,
                    moment,
                    caller,
                    calls.made(),
                    calls.threw(),
                    log.events().size(),
                    policy == OnFailure.CONTINUE ? calls.made() - log.events().size() : 0,
                    log.lines().size());
        }

        private void requireTold(JsonNode lost, Instant began) {
            assertThat(lost.at("/details/reason").textValue()).contains(fault.message);
            Instant first = Instant.parse(lost.at("/details/first").textValue());
            Instant last = Instant.parse(lost.at("/details/last").textValue());
            assertThat(first).isBetween(began, last);
            assertThat(last).isBefore(Instant.now());
        }
    }
}
