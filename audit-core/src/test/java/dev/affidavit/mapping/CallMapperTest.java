package dev.affidavit.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.Severity;
import dev.affidavit.spi.FakeCall;
import dev.affidavit.spi.LogCall;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain log calls. */
final class CallMapperTest {
    private final CallMapper mapper = new CallMapper("AUDIT", Set.of("tenant", "error_code"));

    private AuditEvent map(FakeCall call) {
        assertThat(mapper.isAudit(call)).isTrue();
        return mapper.map(call);
    }

    @Test
    void shouldPickOutAuditEvents() {
        AuditEvent event = AuditEvent.builder(EventType.AUTH_FAILURE).build();

        assertThat(mapper.isAudit(FakeCall.of("x"))).isTrue();
        assertThat(mapper.isAudit(FakeCall.of("x").marked("AUTH_FAILURE"))).isTrue();
        assertThat(mapper.isAudit(FakeCall.of("x").unmarked())).isFalse();
        assertThat(mapper.isAudit(FakeCall.of("x").markedOtherwise("DELETE"))).isFalse();
        assertThat(mapper.isAudit(FakeCall.of(event).unmarked())).isTrue();
        assertThat(new CallMapper("SECURITY", Set.of()).isAudit(FakeCall.of("x")))
                .isFalse();
        assertThat(new CallMapper("SECURITY", Set.of()).isAudit(FakeCall.of("x").markedOtherwise("SECURITY")))
                .isTrue();
    }

    @Test
    void shouldTakeMessageTimeAndLevel() {
        AuditEvent event = map(FakeCall.of("${jndi:x} {} %s").level(Severity.CRITICAL));

        assertThat(event.type()).isEqualTo(EventType.UNSPECIFIED);
        assertThat(event.description()).isEqualTo("${jndi:x} {} %s");
        assertThat(event.timestamp()).isEqualTo(FakeCall.TIME);
        assertThat(event.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(event.details()).isEmpty();
    }

    @Test
    void shouldTakeTheTypeFromTheMarker() {
        AuditEvent event = map(FakeCall.of("no").marked("AUTH_FAILURE").level(Severity.CRITICAL));

        assertThat(event.type()).isEqualTo(EventType.AUTH_FAILURE);
        assertThat(event.severity())
                .as("the type's own comes before the level's")
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void shouldPreferKeyValueThenMarkerThenContextForTheType() {
        FakeCall call = FakeCall.of("x").context("event_type", "FROM_CONTEXT");
        assertThat(map(call).type().name()).isEqualTo("FROM_CONTEXT");

        call.marked("FROM_MARKER");
        assertThat(map(call).type().name()).isEqualTo("FROM_MARKER");

        call.keyValue("event_type", "FROM_KEY_VALUE");
        assertThat(map(call).type().name()).isEqualTo("FROM_KEY_VALUE");
        assertThat(map(call).details()).isEmpty();
    }

    @Test
    void shouldPassOverATypeThatIsBlank() {
        assertThat(map(FakeCall.of("x").marked("AUTH_FAILURE").keyValue("event_type", " "))
                        .type())
                .isEqualTo(EventType.AUTH_FAILURE);
        assertThat(map(FakeCall.of("x").keyValue("event_type", null).context("event_type", ""))
                        .type())
                .isEqualTo(EventType.UNSPECIFIED);
    }

    @Test
    void shouldSetEveryFieldFromKeyValues() {
        AuditEvent event = map(FakeCall.of("x")
                .keyValue("username", "alice")
                .keyValue("session_id", "s1")
                .keyValue("ip_address", "10.0.0.1")
                .keyValue("port", 5432)
                .keyValue("user_agent", "curl")
                .keyValue("severity", "critical")
                .keyValue("success", false)
                .keyValue("error_code", "E1")
                .keyValue("database_name", "bank")
                .keyValue("object_type", "table")
                .keyValue("object_name", "accounts")
                .keyValue("command", "SELECT")
                .keyValue("rows_affected", "42"));

        assertThat(event.username()).isEqualTo("alice");
        assertThat(event.sessionId()).isEqualTo("s1");
        assertThat(event.ipAddress()).isEqualTo("10.0.0.1");
        assertThat(event.port()).isEqualTo(5432);
        assertThat(event.userAgent()).isEqualTo("curl");
        assertThat(event.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(event.success()).isFalse();
        assertThat(event.errorCode()).isEqualTo("E1");
        assertThat(event.databaseName()).isEqualTo("bank");
        assertThat(event.objectType()).isEqualTo("table");
        assertThat(event.objectName()).isEqualTo("accounts");
        assertThat(event.command()).isEqualTo("SELECT");
        assertThat(event.rowsAffected()).isEqualTo(42);
        assertThat(event.details()).isEmpty();
    }

    @Test
    void shouldPreferKeyValuesToTheContext() {
        AuditEvent event = map(FakeCall.of("x")
                .keyValue("username", "alice")
                .context("username", "bob")
                .context("session_id", "s2")
                .context("port", "80"));

        assertThat(event.username()).isEqualTo("alice");
        assertThat(event.sessionId()).isEqualTo("s2");
        assertThat(event.port()).isEqualTo(80);
        assertThat(event.details()).isEmpty();
    }

    @Test
    void shouldSetAnyFieldFromTheContext() {
        AuditEvent event = map(FakeCall.of("x")
                .context("error_code", "E1")
                .context("success", "false")
                .context("severity", "WARNING")
                .context("rows_affected", "7")
                .context("command", "DROP"));

        assertThat(event.errorCode()).isEqualTo("E1");
        assertThat(event.success()).isFalse();
        assertThat(event.severity()).isEqualTo(Severity.WARNING);
        assertThat(event.rowsAffected()).isEqualTo(7);
        assertThat(event.command()).isEqualTo("DROP");
    }

    @Test
    void shouldTakeOtherKeysOfTheContextByTheListOnly() {
        AuditEvent event = map(FakeCall.of("x")
                .context("tenant", "acme")
                .context("trace_id", "t1")
                .context("tenant2", null)
                .context("Username", "x"));

        assertThat(event.details()).containsExactly(entry("tenant", "acme"));
    }

    @Test
    void shouldPutOtherKeyValuesIntoDetails() {
        AuditEvent event = map(FakeCall.of("x")
                .keyValue("order", 17)
                .keyValue("none", null)
                .keyValue("id", "evt_1")
                .keyValue("timestamp", "now")
                .keyValue("description", "d")
                .keyValue("details", Map.of("a", 1))
                .keyValue("service", "s")
                .keyValue("host", "h"));

        assertThat(event.details())
                .containsExactly(
                        entry("order", "17"),
                        entry("none", null),
                        entry("id", "evt_1"),
                        entry("timestamp", "now"),
                        entry("description", "d"),
                        entry("details", "{a=1}"),
                        entry("service", "s"),
                        entry("host", "h"));
        assertThat(event.description()).isEqualTo("x");
    }

    @Test
    void shouldNumberKeysThatComeAgain() {
        AuditEvent event = map(FakeCall.of("x")
                .keyValue("order", 1)
                .keyValue("order", 2)
                .keyValue("order#2", 3)
                .keyValue("username", "alice")
                .keyValue("username", "mallory")
                .context("tenant", "acme"));

        assertThat(event.username()).isEqualTo("alice");
        assertThat(event.details())
                .containsExactly(
                        entry("order", "1"),
                        entry("order#2", "2"),
                        entry("order#2#2", "3"),
                        entry("username", "mallory"),
                        entry("tenant", "acme"));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "65535,65535", "00080,80"})
    void shouldParsePorts(String text, int port) {
        assertThat(map(FakeCall.of("x").keyValue("port", text)).port()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({
        "port,65536",
        "port,-1",
        "port,+1",
        "port,80.0",
        "port,http",
        "port,''",
        "port,' 80'",
        "port,٨٠",
        "port,1e2",
        "rows_affected,-1",
        "rows_affected,1.0",
        "rows_affected,9999999999999999999",
        "rows_affected,many",
        "success,yes",
        "success,1",
        "success,''",
        "success,' true'",
        "severity,ERROR",
        "severity,''"
    })
    void shouldKeepWhatIsNoValueOfItsField(String key, String text) {
        AuditEvent fromKeyValue = map(FakeCall.of("x").keyValue(key, text));
        AuditEvent fromContext = map(FakeCall.of("x").context(key, text));

        assertThat(fromKeyValue.details()).containsExactly(entry(key, text));
        assertThat(fromContext.details()).containsExactly(entry(key, text));
        assertThat(fromKeyValue.port()).isNull();
        assertThat(fromKeyValue.rowsAffected()).isNull();
        assertThat(fromKeyValue.success()).isNull();
        assertThat(fromKeyValue.severity()).isEqualTo(Severity.INFO);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "False,false"})
    void shouldParseSuccess(String text, boolean success) {
        assertThat(map(FakeCall.of("x").keyValue("success", text)).success()).isEqualTo(success);
    }

    @Test
    void shouldSurviveAValueWithoutText() {
        Object throwing = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        };

        assertThat(map(FakeCall.of("x").keyValue("order", throwing)).details())
                .containsExactly(entry("order", "[unreadable: java.lang.IllegalStateException]"));
    }

    @Test
    void shouldNotSpendLongOnANumber() {
        BigInteger number = BigInteger.TEN.pow(1_000_000);

        assertThat(map(FakeCall.of("x").keyValue("n", number)).details())
                .containsExactly(entry("n", "[cut, a number of 3321929 bits]"));
    }

    @Test
    void shouldSurviveAThrowableWhoseMessageCannotBeHad() {
        Throwable endless = new RuntimeException() {
            @Override
            @SuppressWarnings("InfiniteRecursion")
            public String getMessage() {
                return "x" + getMessage();
            }
        };

        assertThat(LogCall.Thrown.of(endless).message()).isEqualTo("[unreadable: java.lang.StackOverflowError]");
    }

    @Test
    void shouldPutAnExceptionIntoDetails() {
        AuditEvent event =
                map(FakeCall.of("x").keyValue("exception", "theirs").thrown("java.io.IOException", "disk full"));

        assertThat(event.details())
                .containsEntry("exception", "theirs")
                .hasEntrySatisfying(
                        "exception#2",
                        exception ->
                                assertThat(exception).hasToString("{class=java.io.IOException, message=disk full}"));
        assertThat(map(FakeCall.of("x").thrown("X", null)).details())
                .hasEntrySatisfying(
                        "exception", exception -> assertThat(exception).hasToString("{class=X, message=}"));
    }
}
