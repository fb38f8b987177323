package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import dev.affidavit.testkit.appender.Calls.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Callers in unusual states: interrupted, or in the middle of another event. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CallerContract {
    private static final int CALLS = 100;

    /** No test would wait for it: a call that waits fails by the time-out of the test. */
    private static final AuditLogger PATIENT = AuditLogger.get("security").withReceiptTimeout(Duration.ofHours(1));

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;

    protected CallerContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @AfterEach
    void unconfigure() {
        assertThat(Thread.interrupted()).isFalse();
        framework.unconfigure();
    }

    private LogFile configure(String queue, String durability) {
        LogFile log = new LogFile(temporary.resolve("log"));
        framework.configure(
                Setup.in(log.directory()).with("durability", durability).behind(queue));
        return log;
    }

    Stream<String> stages() {
        return Stream.concat(Stream.of(""), framework.queues().stream());
    }

    Stream<Arguments> cases() {
        return stages().flatMap(queue -> Stream.of(arguments(queue, "written"), arguments(queue, "synced")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldRecordForACallerThatIsInterruptedAndKeepItsFlag(String queue, String durability) {
        LogFile log = configure(queue, durability);
        Calls calls = new Calls();

        for (Caller caller : Caller.values()) {
            Thread.currentThread().interrupt();
            String message = calls.make(caller, 1).message();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(message).isEmpty();
        }
        assertThat(calls.make(Caller.AUDIT_LOGGER, 1).message()).isEmpty();

        calls.requireAllThatReturned(log);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldRecordThroughAStormOfInterrupts(String queue, String durability) throws InterruptedException {
        LogFile log = configure(queue, durability);
        Calls calls = new Calls();
        AtomicBoolean ends = new AtomicBoolean();
        List<Thread> callers = Stream.of(1, 2)
                .map(number -> new Thread(() -> {
                    for (int i = 0; i < CALLS; i++) {
                        calls.make(Caller.AUDIT_LOGGER, 1);
                        if (queue.isEmpty()) { // Log4j's queue may lose a plain logger's event to an interrupt
                            calls.make(Caller.PLAIN_LOGGER, 1);
                        }
                    }
                }))
                .toList();
        Thread storm = new Thread(() -> {
            while (!ends.get()) {
                callers.forEach(Thread::interrupt);
            }
        });

        callers.forEach(Thread::start);
        storm.start();
        for (Thread caller : callers) {
            caller.join();
        }
        ends.set(true);
        storm.join();

        assertThat(calls.threw()).isZero();
        assertThat(calls.make(Caller.AUDIT_LOGGER, 1).message())
                .as("by others, afterwards")
                .isEmpty();
        calls.requireAllThatReturned(log);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void shouldRecordWhatAValueRecordsItself(String queue) {
        LogFile log = configure(queue, "written");

        PATIENT.record(EventType.AUTH_FAILURE, event -> event.detail("loaded", new Loading(new ArrayList<>())));

        assertThat(log.events())
                .extracting(event -> event.get("event_type").textValue())
                .containsExactly("SELECT", "AUTH_FAILURE");
        assertThat(log.events().get(1).at("/details/loaded").textValue()).isEqualTo("loaded");
    }

    /** Some frameworks let no event through from inside an appender; then the inner call fails, at once, and not the outer. */
    @ParameterizedTest
    @MethodSource("stages")
    void shouldNotWaitForWhatAnArgumentOfAPlainLoggerRecords(String queue) {
        LogFile log = configure(queue, "written");
        List<String> failures = new ArrayList<>();

        LoggerFactory.getLogger("app")
                .info(AuditMarkers.of(EventType.AUTH_FAILURE), "loaded {}", new Loading(failures));
        PATIENT.record(EventType.AUTH_SUCCESS, event -> {});

        assertThat(log.events())
                .extracting(event -> event.get("event_type").textValue())
                .contains("AUTH_FAILURE", "AUTH_SUCCESS");
        assertThat(failures).singleElement().satisfies(failure -> {
            if (!failure.isEmpty()) {
                assertThat(failure).contains("it was logged by a value of another event");
            }
            assertThat(log.events()).hasSize(failure.isEmpty() ? 3 : 2);
        });
    }

    @Test
    void shouldNotWaitForWhatIsRecordedDeepInAValue() {
        LogFile log = configure("", "written");
        List<String> failures = new ArrayList<>();

        PATIENT.record(EventType.AUTH_FAILURE, event -> event.detail("list", List.of(new Loading(failures))));

        assertThat(log.events()).hasSize(failures.equals(List.of("")) ? 2 : 1);
    }

    /** A value that is loaded, and this audited, when its text is asked for. */
    private record Loading(List<String> failures) {
        @Override
        public String toString() {
            failures.add(Outcomes.messageOf(() -> PATIENT.record(EventType.SELECT, event -> {})));
            return "loaded";
        }
    }
}
