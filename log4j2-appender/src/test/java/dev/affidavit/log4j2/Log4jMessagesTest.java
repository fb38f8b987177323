package dev.affidavit.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.testkit.appender.LogFile;
import dev.affidavit.testkit.appender.Setup;
import java.nio.file.Path;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.message.StringMapMessage;
import org.apache.logging.log4j.message.StructuredDataMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain loggers over log4j-api. */
final class Log4jMessagesTest {
    @TempDir
    private Path directory;

    private Logger logger = LogManager.getLogger("app");
    private LogFile log = new LogFile(Path.of("unused"));

    @BeforeEach
    void configure() {
        log = new LogFile(directory.resolve("log"));
        new Log4jUnderTest().configure(Setup.in(log.directory()));
        logger = LogManager.getLogger("app");
    }

    @AfterEach
    void unconfigure() {
        ThreadContext.clearMap();
        new Log4jUnderTest().unconfigure();
    }

    @Test
    void shouldReadAMapMessage() {
        logger.info(
                AuditMarkers.of(EventType.AUTH_FAILURE),
                new StringMapMessage(Map.of("username", "bob", "reason", "expired", "description", "no entry")));

        JsonNode event = log.event();
        assertThat(event.get("event_type").textValue()).isEqualTo("AUTH_FAILURE");
        assertThat(event.get("username").textValue()).isEqualTo("bob");
        assertThat(event.get("description").textValue()).isEqualTo("no entry");
        assertThat(event.get("details").toString()).isEqualTo("{\"reason\":\"expired\"}");
    }

    /** Log4j takes it, so no event may fail for it. */
    @Test
    @SuppressWarnings("NullAway")
    void shouldReadAMapMessageWithTheKeyNull() {
        logger.info(AuditMarkers.of(EventType.AUTH_FAILURE), new StringMapMessage().with(null, "x"));

        assertThat(log.event().get("details").toString()).isEqualTo("{\"null\":\"x\"}");
    }

    @Test
    void shouldReadAStructuredDataMessage() {
        StructuredDataMessage message = new StructuredDataMessage("login@32473", "bob came in", "AUTH_SUCCESS");
        message.put("username", "bob");
        logger.info(AuditMarkers.audit(), message);

        assertThat(log.event().get("event_type").textValue()).isEqualTo("AUTH_SUCCESS");
        assertThat(log.event().get("username").textValue()).isEqualTo("bob");
        assertThat(log.event().get("description").textValue()).isEqualTo("bob came in");
    }

    @Test
    void shouldPreferTheTypeThatAStructuredDataMessageHasAmongItsData() {
        StructuredDataMessage message = new StructuredDataMessage("id", "text", "AUTH_SUCCESS");
        message.put("event_type", "AUTH_LOCKOUT");
        logger.info(AuditMarkers.audit(), message);

        assertThat(log.event().get("event_type").textValue()).isEqualTo("AUTH_LOCKOUT");
    }

    @Test
    void shouldTakeAnEventAsTheMessageItself() {
        logger.info((Object)
                AuditEvent.builder(EventType.AUTH_SUCCESS).username("bob").build());

        assertThat(log.event().get("username").textValue()).isEqualTo("bob");
    }

    @Test
    void shouldTakeTheThreadContext() {
        ThreadContext.put("username", "alice");
        ThreadContext.put("session_id", "s");
        logger.atInfo().withMarker(AuditMarkers.audit()).log("x {}", 1);

        assertThat(log.event().get("username").textValue()).isEqualTo("alice");
        assertThat(log.event().get("session_id").textValue()).isEqualTo("s");
        assertThat(log.event().get("description").textValue()).isEqualTo("x 1");
    }

    @Test
    void shouldFollowMarkersUpwards() {
        logger.info(
                MarkerManager.getMarker("LOGIN_TO_CONSOLE").addParents(AuditMarkers.of(EventType.AUTH_SUCCESS)), "x");
        logger.info(MarkerManager.getMarker("UNRELATED"), "y");

        assertThat(log.event().get("event_type").textValue()).isEqualTo("LOGIN_TO_CONSOLE");
    }

    @Test
    void shouldMakeMarkersOnFirstUseOnly() {
        assertThat(MarkerManager.exists("COPY")).isFalse();
        assertThat(AuditMarkers.of(EventType.COPY)).isSameAs(AuditMarkers.of(EventType.COPY));
        assertThat(MarkerManager.exists("MERGE")).isFalse();
    }

    @Test
    void shouldSurviveAnArgumentThatCannotBeFormatted() {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };
        logger.info(AuditMarkers.audit(), "said {}", hostile);

        assertThat(log.event().get("description").textValue()).startsWith("said ");
    }

    @Test
    void shouldSurviveAThrowableWithoutAReadableMessage() {
        RuntimeException hostile = new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("no text");
            }
        };
        logger.info(AuditMarkers.audit(), "x", hostile);

        assertThat(log.event().get("details").get("exception").get("message").textValue())
                .contains("unreadable");
    }
}
