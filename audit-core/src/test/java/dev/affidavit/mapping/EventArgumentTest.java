package dev.affidavit.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.Severity;
import dev.affidavit.spi.FakeCall;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calls that carry an event of their own. */
final class EventArgumentTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final CallMapper mapper = new CallMapper("AUDIT", Set.of("tenant"));

    private static AuditEvent.Builder login() {
        return AuditEvent.builder(EventType.AUTH_SUCCESS).timestamp(THEN).username("alice");
    }

    @Test
    void shouldPassOnAnEventThatSaysEverything() {
        AuditEvent said = login().build();

        assertThat(mapper.map(FakeCall.of(said))).isSameAs(said);
    }

    @Test
    void shouldTakeEveryKeyOfTheContextIfAsked() {
        CallMapper curious = new CallMapper("AUDIT", Set.of("*"));

        AuditEvent event = curious.map(FakeCall.of(login().build()).context("tenant", "acme"));

        assertThat(event.details()).containsExactly(entry("tenant", "acme"));
    }

    @Test
    void shouldNotTakeTheMessageForItsDescription() {
        assertThat(mapper.map(FakeCall.of(login().build()).context("port", "1")).description())
                .isNull();
    }

    @Test
    void shouldFillInWhatTheCallKnows() {
        AuditEvent said = AuditEvent.builder(EventType.of("ORDER_APPROVED")).build();

        AuditEvent event = mapper.map(FakeCall.of(said).level(Severity.WARNING));

        assertThat(event.timestamp()).isEqualTo(FakeCall.TIME);
        assertThat(event.severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void shouldPreferItsOwnFieldsAndKeepTheOthersInDetails() {
        AuditEvent said = login().port(1).detail("order", List.of(1)).build();

        AuditEvent event = mapper.map(FakeCall.of(said)
                .keyValue("username", "mallory")
                .keyValue("session_id", "s1")
                .keyValue("order", 2)
                .keyValue("event_type", "OTHER")
                .context("username", "bob")
                .context("port", "2")
                .context("tenant", "acme")
                .context("order", "3"));

        assertThat(event.type()).isEqualTo(EventType.AUTH_SUCCESS);
        assertThat(event.username()).isEqualTo("alice");
        assertThat(event.port()).isEqualTo(1);
        assertThat(event.sessionId()).isEqualTo("s1");
        assertThat(event.details())
                .containsExactly(
                        entry("order", List.of(1)),
                        entry("username", "mallory"),
                        entry("order#2", "2"),
                        entry("event_type", "OTHER"),
                        entry("tenant", "acme"));
    }

    @Test
    void shouldTakeFromTheContextWhoActsButNotWhatHappened() {
        AuditEvent event = mapper.map(FakeCall.of(AuditEvent.builder(EventType.ACCESS_DENIED)
                        .timestamp(THEN)
                        .build())
                .context("username", "bob")
                .context("database_name", "bank")
                .context("success", "true")
                .context("severity", "INFO")
                .context("error_code", "E1")
                .context("command", "DROP")
                .context("event_type", "AUTH_SUCCESS"));

        assertThat(event.type()).isEqualTo(EventType.ACCESS_DENIED);
        assertThat(event.username()).isEqualTo("bob");
        assertThat(event.databaseName()).isEqualTo("bank");
        assertThat(event.success()).isNull();
        assertThat(event.severity()).isEqualTo(Severity.WARNING);
        assertThat(event.errorCode()).isNull();
        assertThat(event.command()).isNull();
        assertThat(event.details()).isEmpty();
    }

    @Test
    void shouldPreferItsOwnDetailToTheContext() {
        AuditEvent event =
                mapper.map(FakeCall.of(login().detail("tenant", "own").build()).context("tenant", "other"));

        assertThat(event.details()).containsExactly(entry("tenant", "own"));
    }

    @Test
    void shouldAddTheException() {
        AuditEvent event = mapper.map(FakeCall.of(login().build()).thrown("X", "y"));

        assertThat(event.details()).containsOnlyKeys("exception");
    }
}
