package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.testkit.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A listener hears of every event, and can do the record no harm. */
public abstract class ListenerContract {
    private static final AuditLogger AUDIT = AuditLogger.get("security").withReceiptTimeout(Duration.ofMinutes(2));
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int RELOADS = 10;

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;
    private Setup setup = Setup.in(Path.of("unused"));
    private LogFile log = new LogFile(Path.of("unused"));

    protected ListenerContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @BeforeEach
    void prepare() {
        StubListener.reset(event -> {});
        log = new LogFile(temporary.resolve("log"));
        setup = Setup.in(log.directory()).withListener(Map.of("provider", "stub", "name", "alerts", "mood", "grim"));
    }

    @AfterEach
    void unconfigure() {
        framework.unconfigure();
        StubListener.reset(event -> {});
    }

    @Test
    void shouldBeToldOfEveryLineOfTheLog() {
        framework.configure(setup);

        AUDIT.record(EventType.AUTH_SUCCESS, event -> event.username("alice"));
        LoggerFactory.getLogger("app").info(AuditMarkers.of(EventType.SELECT), "by a plain logger");
        awaitTold(3);
        assertThat(AuditTrails.statistics().get(0).listeners().get(0).failed()).isZero();
        framework.unconfigure();

        assertThat(StubListener.told()).isEqualTo(log.lines()).hasSize(4);
    }

    @Test
    void shouldBeToldOfTheOpeningThoughNobodyLogs() {
        framework.configure(setup);

        awaitTold(1);

        assertThat(StubListener.told()).singleElement().asString().contains("AUDIT_LOG_STARTED");
    }

    @Test
    void shouldNotDisturbCallersIfItThrows() {
        StubListener.reset(event -> {
            throw new AssertionError("of the listener");
        });
        framework.configure(setup);

        for (int i = 0; i < 10; i++) {
            AUDIT.record(EventType.AUTH_SUCCESS, event -> {});
        }
        Deadline.await(
                "every failure is counted",
                LIMIT,
                () -> AuditTrails.statistics().get(0).listeners().get(0).failed() == 11);

        assertThat(log.events()).hasSize(10);
        assertThat(AuditTrails.statistics().get(0).listeners().get(0).lastError())
                .contains("of the listener");
    }

    @Test
    void shouldNotDelayCallersNorTheEndIfItBlocks() {
        CountDownLatch free = new CountDownLatch(1);
        StubListener.reset(event -> {
            while (free.getCount() > 0) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        });
        framework.configure(setup);

        for (int i = 0; i < 500; i++) {
            AUDIT.record(EventType.AUTH_SUCCESS, event -> {});
        }
        awaitTold(1);
        framework.unconfigure();

        assertThat(log.events()).hasSize(500);
        assertThat(StubListener.count()).isOne();
        free.countDown();
    }

    @Test
    void shouldBeToldOfWhatItRecordsItself() {
        StubListener.reset(event -> {
            if ("AUTH_FAILURE".equals(event.eventType())) {
                AUDIT.record(EventType.AUTH_LOCKOUT, lockout -> lockout.description("because of " + event.id()));
            }
        });
        framework.configure(setup);

        for (int i = 0; i < 20; i++) {
            AUDIT.record(EventType.AUTH_FAILURE, event -> {});
        }
        awaitTold(41);

        assertThat(StubListener.told()).isEqualTo(log.lines());
        assertThat(log.own("AUTH_LOCKOUT")).hasSize(20);
    }

    @Test
    void shouldBeToldOfEachLineOnceThroughReconfigurations() {
        framework.configure(setup);

        try (Load load = Load.start(AUDIT, 2)) {
            for (int i = 0; i < RELOADS; i++) {
                int goal = StubListener.count() + 200;
                Deadline.await("events are told", LIMIT, () -> StubListener.count() >= goal);
                framework.configure(setup.with("service", "service-" + i));
            }
            load.stop();
            Deadline.await(
                    "all is told",
                    LIMIT,
                    () -> StubListener.count() == log.lines().size());

            assertThat(load.failures()).isEmpty();
        }
        assertThat(StubListener.told()).isEqualTo(log.lines());
    }

    private static void awaitTold(int count) {
        Deadline.await(count + " events are told", LIMIT, () -> StubListener.count() >= count);
    }
}
