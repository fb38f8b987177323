package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affidavit.AuditContext;
import dev.affidavit.AuditEvent;
import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import dev.affidavit.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;
import org.slf4j.event.Level;

/** What a log call becomes: the sources of an event, their order, and the line. */
public abstract class AppenderContract {
    private static final Logger LOGGER = LoggerFactory.getLogger("app");
    private static final AuditLogger AUDIT = AuditLogger.get("security");

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;
    private Setup setup = Setup.in(Path.of("unused"));
    private LogFile log = new LogFile(Path.of("unused"));

    protected AppenderContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @BeforeEach
    void configure() {
        Path directory = temporary.resolve("log");
        setup = Setup.in(directory);
        log = new LogFile(directory);
        framework.configure(setup);
    }

    @AfterEach
    void unconfigure() {
        MDC.clear();
        framework.unconfigure();
    }

    @Test
    void shouldWriteTheDocumentedExample() {
        AUDIT.record(
                EventType.AUTH_SUCCESS,
                event -> event.username("alice")
                        .sessionId("sess_abc123")
                        .ipAddress("192.168.1.100")
                        .port(5432)
                        .userAgent("syndrdb-cli/1.0")
                        .description("User 'alice' authenticated successfully")
                        .detail("auth_method", "password"));

        assertThat(log.lines().get(log.lines().size() - 1)).matches(Examples.DOCUMENTED);
    }

    @Test
    void shouldWriteTheDocumentedExampleOfAPlainLogger() {
        framework.configure(setup.with("contextKeys", "auth_method"));
        MDC.put("username", "alice");
        MDC.put("session_id", "sess_abc123");
        MDC.put("ip_address", "192.168.1.100");

        LOGGER.atInfo()
                .addMarker(AuditMarkers.of(EventType.AUTH_SUCCESS))
                .addKeyValue("port", 5432)
                .addKeyValue("user_agent", "syndrdb-cli/1.0")
                .addKeyValue("auth_method", "password")
                .log("User '{}' authenticated successfully", "alice");

        assertThat(log.lines().get(log.lines().size() - 1)).matches(Examples.DOCUMENTED);
    }

    @Test
    void shouldPassOverCallsWithoutTheMarker() {
        LOGGER.info("not audit");
        LOGGER.info(MarkerFactory.getMarker("OTHER"), "not audit");
        LOGGER.info(AuditMarkers.audit(), "audit");

        assertThat(log.event().get("description").textValue()).isEqualTo("audit");
    }

    @Test
    void shouldTakeAnEventWithoutAMarker() {
        LOGGER.info("{}", AuditEvent.builder(EventType.IP_BLOCKED).build());

        assertThat(log.event().get("event_type").textValue()).isEqualTo("IP_BLOCKED");
    }

    @Test
    void shouldHeedAMarkerOfAnotherName() {
        framework.configure(setup.with("marker", "PAPER_TRAIL"));

        LOGGER.info(AuditMarkers.audit(), "no");
        LOGGER.info(MarkerFactory.getMarker("PAPER_TRAIL"), "yes");
        AUDIT.record(EventType.AUTH_UNLOCK, event -> event.description("an event always"));

        assertThat(log.events())
                .extracting(event -> event.get("description").textValue())
                .containsExactly("yes", "an event always");
    }

    @Test
    void shouldTakeTheTypeFromTheMarkerOrBeforeItFromAKeyValue() {
        LOGGER.info(AuditMarkers.audit(), "none");
        LOGGER.warn(AuditMarkers.of(EventType.AUTH_FAILURE), "marker");
        LOGGER.atInfo()
                .addMarker(AuditMarkers.audit())
                .addKeyValue("event_type", "IP_BLOCKED")
                .log("key-value");
        LOGGER.atInfo()
                .addMarker(AuditMarkers.of(EventType.AUTH_FAILURE))
                .addKeyValue("event_type", "ORDER_APPROVED")
                .log("both");

        assertThat(log.events())
                .extracting(event -> event.get("event_type").textValue())
                // A key-value that arrives among the context comes behind the marker.
                .containsExactly(
                        "UNSPECIFIED",
                        "AUTH_FAILURE",
                        "IP_BLOCKED",
                        framework.keepsKeyValuesApart() ? "ORDER_APPROVED" : "AUTH_FAILURE");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH_FAILURE,ERROR,WARNING",
        "AUTH_SUCCESS,ERROR,INFO",
        "SESSION_HIJACK,INFO,CRITICAL",
        "OWN_TYPE,ERROR,CRITICAL",
        "OWN_TYPE,WARN,WARNING",
        "OWN_TYPE,INFO,INFO",
        "OWN_TYPE,DEBUG,INFO",
        "OWN_TYPE,TRACE,INFO"
    })
    void shouldTakeTheSeverityFromTheTypeOrElseFromTheLevel(String type, Level level, Severity severity) {
        LOGGER.atLevel(level)
                .addMarker(AuditMarkers.audit())
                .addKeyValue("event_type", type)
                .log("x");

        assertThat(log.event().get("severity").textValue()).isEqualTo(severity.name());
    }

    @Test
    void shouldReadKeyValuesThatNameFields() {
        LOGGER.atInfo()
                .addMarker(AuditMarkers.of(EventType.of("UPLOAD")))
                .addKeyValue("username", "bob")
                .addKeyValue("port", "8080")
                .addKeyValue("success", "false")
                .addKeyValue("severity", "warning")
                .addKeyValue("error_code", "E-1")
                .addKeyValue("database_name", "d")
                .addKeyValue("object_type", "table")
                .addKeyValue("object_name", "t")
                .addKeyValue("command", "c")
                .addKeyValue("rows_affected", 12L)
                .log("x");

        assertThat(((ObjectNode) log.event())
                        .without(List.of("id", "timestamp"))
                        .toString())
                .isEqualTo(
                        "{\"event_type\":\"UPLOAD\",\"severity\":\"WARNING\",\"username\":\"bob\",\"session_id\":\"\","
                                + "\"ip_address\":\"\",\"port\":8080,\"user_agent\":\"\",\"description\":\"x\",\"details\":{},"
                                + "\"success\":false,\"error_code\":\"E-1\",\"database_name\":\"d\",\"object_type\":\"table\","
                                + "\"object_name\":\"t\",\"command\":\"c\",\"rows_affected\":12}");
    }

    @Test
    void shouldKeepWhatIsNoValueOfItsFieldInTheDetails() {
        LOGGER.atInfo()
                .addMarker(AuditMarkers.audit())
                .addKeyValue("port", "http")
                .addKeyValue("success", "perhaps")
                .addKeyValue("rows_affected", "-1")
                .log("x");

        JsonNode event = log.event();
        assertThat(event.get("port").isNull()).isTrue();
        assertThat(event.get("success").booleanValue()).isTrue();
        assertThat(event.get("details").get("port").textValue()).isEqualTo("http");
        assertThat(event.get("details").get("success").textValue()).isEqualTo("perhaps");
        assertThat(event.get("details").get("rows_affected").textValue()).isEqualTo("-1");
    }

    @Test
    void shouldTakeOnlyAllowedKeysFromTheContext() {
        framework.configure(setup.with("contextKeys", "trace_id, tenant"));
        MDC.put("username", "alice");
        MDC.put("trace_id", "4bf92f");
        MDC.put("password", "secret");

        LOGGER.info(AuditMarkers.audit(), "x");

        assertThat(log.event().get("username").textValue()).isEqualTo("alice");
        assertThat(log.event().get("details").toString()).isEqualTo("{\"trace_id\":\"4bf92f\"}");
    }

    @Test
    void shouldTakeAllKeysOfTheContextIfAsked() {
        framework.configure(setup.with("contextKeys", "*"));
        MDC.put("username", "alice");
        MDC.put("trace_id", "4bf92f");

        LOGGER.atInfo()
                .addMarker(AuditMarkers.audit())
                .addKeyValue("success", "false")
                .addKeyValue("k", "v")
                .log("x");

        JsonNode event = log.event();
        assertThat(event.get("success").booleanValue()).isFalse();
        assertThat(event.get("details").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("trace_id", "k");
    }

    @Test
    void shouldPutFurtherKeyValuesIntoTheDetails() {
        LOGGER.atInfo().addMarker(AuditMarkers.audit()).addKeyValue("k", 5).log("x");

        // A framework that mixes them into the context loses them there, but for the allowed ones.
        assertThat(log.event().get("details").toString())
                .isEqualTo(framework.keepsKeyValuesApart() ? "{\"k\":\"5\"}" : "{}");
    }

    @Test
    void shouldPreferKeyValuesToTheContext() {
        MDC.put("username", "alice");
        MDC.put("ip_address", "10.0.0.1");

        LOGGER.atInfo()
                .addMarker(AuditMarkers.audit())
                .addKeyValue("username", "bob")
                .log("x");

        assertThat(log.event().get("username").textValue()).isEqualTo("bob");
        assertThat(log.event().get("ip_address").textValue()).isEqualTo("10.0.0.1");
    }

    @Test
    void shouldPreferWhatTheEventSaysToTheContext() {
        MDC.put("username", "alice");
        MDC.put("ip_address", "10.0.0.1");
        MDC.put("success", "false");
        MDC.put("event_type", "IP_BLOCKED");

        AUDIT.record(EventType.of("ORDER_APPROVED", Severity.WARNING), event -> event.username("bob"));

        JsonNode event = log.event();
        assertThat(event.get("event_type").textValue()).isEqualTo("ORDER_APPROVED");
        assertThat(event.get("severity").textValue()).isEqualTo("WARNING");
        assertThat(event.get("username").textValue()).isEqualTo("bob");
        assertThat(event.get("ip_address").textValue()).isEqualTo("10.0.0.1");
        assertThat(event.get("success").booleanValue()).isTrue();
    }

    @Test
    void shouldKeepTheTypesOfDetails() {
        AUDIT.event(EventType.of("X"))
                .detail("number", 5)
                .detail("real", 1.5)
                .detail("bool", true)
                .detail("null", null)
                .detail("list", List.of("a", 1))
                .detail("map", Map.of("k", Map.of("deep", 1)))
                .detail("level", Severity.INFO)
                .log();

        assertThat(log.event().get("details").toString())
                .isEqualTo("{\"number\":5,\"real\":1.5,\"bool\":true,\"null\":null,\"list\":[\"a\",1],"
                        + "\"map\":{\"k\":{\"deep\":1}},\"level\":\"INFO\"}");
    }

    @Test
    void shouldSayOnceWhoActs() {
        MDC.put("username", "outer");
        try (AuditContext who = AuditContext.open()) {
            who.username("alice").port(443);
            AUDIT.record(EventType.SELECT, event -> event.description("inside"));
        }
        AUDIT.record(EventType.SELECT, event -> event.description("outside"));

        assertThat(log.events())
                .extracting(event -> event.get("username").textValue())
                .containsExactly("alice", "outer");
        assertThat(log.events())
                .extracting(event -> event.get("port").toString())
                .containsExactly("443", "null");
    }

    @Test
    void shouldPutAThrowableIntoTheDetails() {
        LOGGER.error(AuditMarkers.of(EventType.ACCESS_DENIED), "denied", new IllegalStateException("no \"key\""));

        assertThat(log.event().get("details").get("exception").get("class").textValue())
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(log.event().get("details").get("exception").get("message").textValue())
                .isEqualTo("no \"key\"");
    }
}
