package dev.affidavit.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditEvent;
import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import dev.affidavit.testkit.appender.FrameworkUnderTest;
import dev.affidavit.testkit.appender.LogFile;
import dev.affidavit.testkit.appender.Setup;
import dev.affidavit.testkit.hostile.HostileObjects.Speaking;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the code of an event's own values must not do to the log or to other callers. */
@Timeout(300)
public abstract class HostileCodeContract {
    private static final Logger LOGGER = LoggerFactory.getLogger("app");
    private static final AuditLogger AUDIT = AuditLogger.get("security");
    private static final EventType TYPE = EventType.of("OUTER");
    private static final String DEEPEST = "[cut, events nested deeper than 3]";

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;
    private LogFile log = new LogFile(Path.of("unused"));

    protected HostileCodeContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @BeforeEach
    void configure() {
        log = new LogFile(temporary.resolve("log"));
        framework.configure(Setup.in(log.directory()));
    }

    @AfterEach
    void unconfigure() {
        framework.unconfigure();
    }

    @Test
    void shouldRecordAnEventWhoseValueLogsSomethingElse() {
        AUDIT.event(TYPE)
                .detail("k", new Speaking(() -> {
                    LOGGER.info("not audit");
                    return "text";
                }))
                .log();

        assertThat(log.event().get("details").get("k").textValue()).isEqualTo("text");
    }

    /** The event that is deepest says so, and each of the others is recorded with what it holds. */
    @Test
    void shouldComeToAnEndIfAValueLogsItself() {
        Speaking[] itself = new Speaking[1];
        itself[0] = new Speaking(() -> {
            AUDIT.event(TYPE).detail("k", itself[0]).log();
            return "text";
        });

        AUDIT.event(TYPE).detail("k", itself[0]).log();

        assertThat(log.events())
                .extracting(event -> event.at("/details/k").textValue())
                .containsExactly(DEEPEST, "text", "text", "text");
    }

    /** A framework that takes no calls from inside an appender answers for the inner one, and the event says that. */
    @Test
    void shouldComeToAnEndIfAnEventLogsItself() {
        AuditEvent[] itself = new AuditEvent[1];
        List<Object> logsIt = List.of(new Speaking(() -> {
            AUDIT.record(itself[0]);
            return "text";
        }));
        itself[0] =
                AuditEvent.builder(TYPE).detail("a", logsIt).detail("b", logsIt).build();

        AUDIT.record(itself[0]);
        AUDIT.record(EventType.of("AFTER"), event -> {});

        List<JsonNode> events = log.events();
        assertThat(events).hasSizeBetween(2, 16);
        assertThat(events.get(0).at("/details/b").toString())
                .isIn("[\"[unreadable: dev.affidavit.AuditException]\"]", "\"" + DEEPEST + "\"");
        assertThat(events.get(events.size() - 2).at("/details/b").toString())
                .isIn("[\"[unreadable: dev.affidavit.AuditException]\"]", "[\"text\"]");
        assertThat(type(events.get(events.size() - 1))).isEqualTo("AFTER");
    }

    @Test
    void shouldComeToAnEndIfAPlainEventLogsItself() {
        Speaking[] itself = new Speaking[1];
        itself[0] = new Speaking(() -> {
            LOGGER.info(AuditMarkers.audit(), "by {}", itself[0]);
            return "text";
        });
        Throwable thrown = null;
        try {
            LOGGER.info(AuditMarkers.audit(), "by {}", itself[0]);
        } catch (Throwable e) { // a framework that makes the text before it calls an appender gets no further
            thrown = e;
        }
        AUDIT.record(EventType.of("AFTER"), event -> {});

        List<JsonNode> events = log.events();
        assertThat(events).hasSizeGreaterThan(thrown == null ? 1 : 0);
        assertThat(type(events.get(events.size() - 1))).isEqualTo("AFTER");
    }

    @Test
    void shouldHoldNobodyUpWhileAValueTakesItsTime() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        Speaking slow = new Speaking(() -> {
            reading.countDown();
            await(others);
            return "late";
        });
        FutureTask<Boolean> caller = new FutureTask<>(
                () -> AUDIT.event(TYPE).detail("k", List.of(slow)).log(), true);
        Thread thread = new Thread(caller);
        thread.start();
        await(reading);

        AUDIT.record(EventType.of("BESIDE"), event -> {});
        LOGGER.info(AuditMarkers.audit(), "beside");
        others.countDown();
        end(caller);

        assertThat(log.events())
                .extracting(HostileCodeContract::type)
                .containsExactly("BESIDE", "UNSPECIFIED", "OUTER");
    }

    private static String type(JsonNode event) {
        return event.get("event_type").textValue();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(2, TimeUnit.MINUTES)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void end(FutureTask<?> caller) throws InterruptedException, ExecutionException, TimeoutException {
        caller.get(2, TimeUnit.MINUTES);
    }
}
