package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.statistics.TrailStatistics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an appender promises: durability, refusal, the failure policies, reconfiguration, statistics. */
public abstract class RecordingContract {
    private static final Logger LOGGER = LoggerFactory.getLogger("app");
    private static final AuditLogger AUDIT = AuditLogger.get("security");

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;
    private Setup setup = Setup.in(Path.of("unused"));
    private LogFile log = new LogFile(Path.of("unused"));

    protected RecordingContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @BeforeEach
    void prepare() {
        setup = Setup.in(temporary.resolve("log")).with("rotationInterval", "36500d"); // midnight ends no file
        log = new LogFile(temporary.resolve("log"));
    }

    @AfterEach
    void unconfigure() {
        framework.unconfigure();
    }

    @Test
    void shouldForceCriticalEventsBeforeTheCallReturns() {
        framework.configure(setup.with("bufferSize", "1000")
                .with("flushInterval", "1h")
                .withElement("AuditSeal", Map.of("interval", "1h"))); // a checkpoint forces too
        AUDIT.record(EventType.AUTH_SUCCESS, event -> {});
        assertThat(statistics().log().unforced()).isEqualTo(1);

        AUDIT.record(EventType.SESSION_HIJACK, event -> {});
        assertThat(statistics().log().unforced()).isZero();

        LOGGER.info(AuditMarkers.of(EventType.AUTH_SUCCESS), "x");
        assertThat(statistics().log().unforced()).isEqualTo(1);
        LOGGER.error(AuditMarkers.audit(), "an own type at level ERROR is CRITICAL");
        assertThat(statistics().log().unforced()).isZero();
    }

    @Test
    void shouldForceEveryEventIfSynced() {
        framework.configure(setup.with("durability", "synced").with("flushInterval", "1h"));

        AUDIT.record(EventType.AUTH_SUCCESS, event -> {});

        assertThat(statistics().log().unforced()).isZero();
    }

    @Test
    void shouldCountWhatIsInTheFile() throws JMException {
        framework.configure(setup.with("service", "payments"));
        for (int i = 0; i < 25; i++) {
            AUDIT.record(EventType.AUTH_SUCCESS, event -> {});
            LOGGER.info(AuditMarkers.audit(), "x");
        }

        assertThat(log.events())
                .hasSize(50)
                .allMatch(event -> event.get("service").textValue().equals("payments"));
        assertThat(statistics().recorded()).isEqualTo(log.lines().size());
        assertThat(statistics().failed()).isZero();
        assertThat(statistics().lost()).isZero();
        assertThat(jmx("Recorded")).isEqualTo((long) log.lines().size());
        assertThat(jmx("Durability")).isEqualTo("written");
        assertThat(jmx("OnFailure")).isEqualTo("fail-operation");
        assertThat(jmx("SegmentBytes")).isEqualTo(size());
        assertThat(jmx("AsyncStage")).isEqualTo(false);
    }

    @Test
    void shouldSayWhenTheLogStartsAndStopsAndGoOnInTheSameFile() {
        framework.configure(setup);
        AUDIT.record(EventType.AUTH_SUCCESS, event -> {});
        framework.unconfigure();
        framework.configure(setup);

        assertThat(log.all())
                .extracting(event -> event.get("event_type").textValue())
                .containsExactly("AUDIT_LOG_STARTED", "AUTH_SUCCESS", "AUDIT_LOG_STOPPED", "AUDIT_LOG_STARTED");
        assertThat(statistics().log().segments()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWithEveryProblemInTheMessage() {
        framework.configure(
                setup.with("maxFiles", "1").with("flushIntervall", "5s").with("bufferSize", "none"));

        String said = Outcomes.messageOf(() -> AUDIT.record(EventType.AUTH_SUCCESS, event -> {}));
        String plain = Outcomes.messageOf(() -> LOGGER.info(AuditMarkers.audit(), "x"));

        for (String message : List.of(said, plain)) {
            assertThat(message)
                    .contains("audit appender 'audit' refuses")
                    .contains("maxFiles: expected a whole number from 2 to 1000000, found '1'")
                    .contains("flushIntervall: unknown option; did you mean flushInterval?")
                    .contains("bufferSize: expected a whole number from 1 to 1000000, found 'none'");
        }
        assertThat(temporary.resolve("log")).doesNotExist();
    }

    @Test
    void shouldNotDisturbCallsThatAreNotAuditWhenItRefuses() {
        framework.configure(setup.with("maxFiles", "1"));

        assertThat(Outcomes.failureOf(() -> LOGGER.info("not audit"))).isNull();
    }

    @Test
    void shouldLetTheApplicationGoOnIfThePolicySaysSo() {
        framework.configure(setup.with("maxFiles", "1").with("onFailure", "continue"));

        assertThat(Outcomes.failureOf(() -> AUDIT.record(EventType.AUTH_SUCCESS, event -> {})))
                .isNull();
        assertThat(Outcomes.failureOf(() -> LOGGER.info(AuditMarkers.audit(), "x")))
                .isNull();
    }

    @Test
    void shouldTellTheCallerOfAFailure() throws IOException {
        framework.configure(setup.with("maxFileSize", "1024B"));
        makeRotationFail();

        String said = Outcomes.messageOf(() -> AUDIT.record(EventType.AUTH_SUCCESS, RecordingContract::large));
        String plain = Outcomes.messageOf(() -> LOGGER.info(AuditMarkers.audit(), "x".repeat(2000)));

        assertThat(said).contains("not recorded").contains(temporary.toString());
        assertThat(plain).contains("not recorded").contains(temporary.toString());
        assertThat(statistics().failed()).isEqualTo(2);
        assertThat(statistics().lost()).isZero();
        assertThat(statistics().lastError()).contains("not recorded");
    }

    @Test
    void shouldRecordLossesWhenRecordingWorksAgain() throws IOException {
        framework.configure(setup.with("maxFileSize", "1024B").with("onFailure", "continue"));
        makeRotationFail();
        AUDIT.record(EventType.AUTH_SUCCESS, RecordingContract::large);
        LOGGER.info(AuditMarkers.audit(), "x".repeat(2000));
        assertThat(statistics().lost()).isEqualTo(2);

        Files.move(temporary.resolve("moved"), temporary.resolve("log"));
        AUDIT.record(EventType.AUTH_SUCCESS, RecordingContract::large);

        assertThat(log.events()).hasSize(1);
        assertThat(log.own("AUDIT_EVENTS_LOST")).hasSize(1);
        JsonNode lost = log.own("AUDIT_EVENTS_LOST").get(0);
        assertThat(lost.get("details").get("count").intValue()).isEqualTo(2);
        assertThat(lost.get("severity").textValue()).isEqualTo("CRITICAL");
    }

    /** Takes the directory away: the file that is open goes on, the next one cannot be made. */
    private void makeRotationFail() throws IOException {
        Files.move(temporary.resolve("log"), temporary.resolve("moved"));
    }

    private static void large(dev.affidavit.AuditEvent.Builder event) {
        event.description("x".repeat(2000));
    }

    @Test
    void shouldPutNewSettingsInForceWhenReconfigured() {
        framework.configure(setup.with("service", "before"));
        AUDIT.record(EventType.AUTH_SUCCESS, event -> {});
        framework.configure(setup.with("service", "after").with("durability", "synced"));
        AUDIT.record(EventType.AUTH_SUCCESS, event -> {});

        assertThat(log.events())
                .extracting(event -> event.get("service").textValue())
                .containsExactly("before", "after");
        assertThat(statistics().config().durability().name()).isEqualTo("SYNCED");
    }

    @Test
    void shouldMoveToAnotherDirectoryWhenReconfigured() {
        framework.configure(setup);
        AUDIT.record(EventType.AUTH_SUCCESS, event -> {});
        framework.configure(setup.with("directory", temporary.resolve("other").toString()));
        AUDIT.record(EventType.AUTH_FAILURE, event -> {});

        assertThat(log.own("AUDIT_LOG_STOPPED")).hasSize(1);
        assertThat(log.events()).hasSize(1);
        assertThat(new LogFile(temporary.resolve("other")).events()).hasSize(1);
    }

    @Test
    void shouldRefuseFromABadReconfigurationOnAndRecordAgainAfterAGoodOne() {
        framework.configure(setup);
        framework.configure(setup.with("maxFiles", "x"));
        assertThat(Outcomes.messageOf(() -> AUDIT.record(EventType.AUTH_SUCCESS, event -> {})))
                .contains("maxFiles");
        framework.configure(setup);
        AUDIT.record(EventType.AUTH_SUCCESS, event -> {});

        assertThat(log.events()).hasSize(1);
    }

    @Test
    void shouldStartForwardersOnceTheConfigurationIsInForceAndStopThemWithIt() {
        framework.configure(setup.withForwarder(Map.of("to", "stub", "name", "one", "host", "h")));
        assertThat(StubEngine.running()).containsExactly("one");

        framework.configure(setup.withForwarder(Map.of("to", "stub", "name", "two", "host", "h")));
        assertThat(StubEngine.running()).containsExactly("two");

        framework.unconfigure();
        assertThat(StubEngine.running()).isEmpty();
    }

    @Test
    void shouldThrowWithoutWaitingIfTheReceiptTimeoutIsZero() {
        framework.configure(setup.level("error"));

        assertThat(Outcomes.messageOf(
                        () -> AUDIT.withReceiptTimeout(Duration.ZERO).record(EventType.AUTH_SUCCESS, event -> {})))
                .contains("not recorded within PT0S");
    }

    @Test
    void shouldNameALevelThatIsTooHigh() {
        framework.configure(setup.level("error"));

        assertThat(Outcomes.messageOf(() ->
                        AUDIT.withReceiptTimeout(Duration.ofMillis(20)).record(EventType.AUTH_SUCCESS, event -> {})))
                .contains("level ERROR of ", "does not let INFO events of logger 'security' pass", "level=\"all\"");
        AUDIT.record(EventType.SESSION_HIJACK, event -> {});
        assertThat(log.events()).hasSize(1);
    }

    private static TrailStatistics statistics() {
        assertThat(AuditTrails.statistics()).hasSize(1);
        return AuditTrails.statistics().get(0);
    }

    private static Object jmx(String attribute) throws JMException {
        var server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names = server.queryNames(new ObjectName("dev.affidavit:type=AuditTrail,*"), null);
        assertThat(names).hasSize(1);
        return server.getAttribute(names.iterator().next(), attribute);
    }

    private long size() {
        return log.lines().stream()
                .mapToLong(line -> line.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 1)
                .sum();
    }
}
