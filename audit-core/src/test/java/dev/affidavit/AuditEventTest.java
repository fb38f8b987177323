package dev.affidavit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

final class AuditEventTest {
    private static AuditEvent.Builder login() {
        return AuditEvent.builder(EventType.AUTH_SUCCESS);
    }

    @Test
    void shouldKeepWhatWasSaidAndNothingElse() {
        AuditEvent event = login().build();

        assertThat(event)
                .extracting(
                        AuditEvent::timestamp,
                        AuditEvent::severity,
                        AuditEvent::username,
                        AuditEvent::port,
                        AuditEvent::success,
                        AuditEvent::rowsAffected)
                .containsOnlyNulls();
        assertThat(event.details()).isEmpty();
    }

    @Test
    void shouldBeVariedByABuilderOfItsOwn() {
        AuditEvent event = login().timestamp(Instant.EPOCH)
                .severity(Severity.CRITICAL)
                .username("alice")
                .sessionId("s1")
                .ipAddress("10.0.0.1")
                .port(1)
                .userAgent("curl")
                .description("text")
                .detail("a", 1)
                .success(true)
                .errorCode("E")
                .databaseName("bank")
                .objectType("table")
                .objectName("accounts")
                .command("SELECT")
                .rowsAffected(3)
                .build();

        assertThat(event.toBuilder().build()).usingRecursiveComparison().isEqualTo(event);
        AuditEvent other = event.toBuilder(EventType.SELECT).detail("b", 2).build();
        assertThat(other.type()).isEqualTo(EventType.SELECT);
        assertThat(other.details()).containsOnlyKeys("a", "b");
        assertThat(event.details()).containsOnlyKeys("a");
        assertThat(event.receipt()).isEmpty();
    }

    @Test
    void shouldNotChangeWithItsBuilder() {
        AuditEvent.Builder builder = login().detail("a", 1);
        AuditEvent event = builder.build();

        builder.detail("b", 2).username("late");

        assertThat(event.details()).containsOnlyKeys("a");
        assertThat(event.username()).isNull();
        assertThatThrownBy(() -> event.details().put("c", 3)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldReplaceADetailOfTheSameKey() {
        AuditEvent event = login().detail("a", 1).details(Map.of("a", 2)).build();

        assertThat(event.details()).containsExactly(Map.entry("a", 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536, Integer.MIN_VALUE})
    void shouldRefuseABadPort(int port) {
        assertThatThrownBy(() -> login().port(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port: expected 0 to 65535, found " + port);
    }

    @Test
    void shouldRefuseNegativeRows() {
        assertThatThrownBy(() -> login().rowsAffected(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rowsAffected: expected 0 or more, found -1");
    }

    @Test
    void shouldTakeAddressesWithoutLookingUpNames() throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress("db.example.com", new byte[] {10, 0, 0, 1});

        AuditEvent event = login().from(new InetSocketAddress(address, 5432)).build();

        assertThat(event.ipAddress()).isEqualTo("10.0.0.1");
        assertThat(event.port()).isEqualTo(5432);
        assertThat(login().ipAddress(address).build().ipAddress()).isEqualTo("10.0.0.1");
        assertThat(login().from(InetSocketAddress.createUnresolved("gone.example.com", 1))
                        .build()
                        .ipAddress())
                .isEqualTo("gone.example.com");
    }

    @Test
    void shouldPrintItselfOnOneLine() {
        AuditEvent event = login().description("a\nb\u001b[2J\u0085\u2028c").build();

        assertThat(event).hasToString("AUTH_SUCCESS a?b?[2J??c");
        assertThat(login().build()).hasToString("AUTH_SUCCESS");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH_SUCCESS,INFO,true",
        "AUTH_FAILURE,WARNING,false",
        "AUTH_LOCKOUT,WARNING,true",
        "AUTH_UNLOCK,INFO,true",
        "SESSION_CREATED,INFO,true",
        "SESSION_EXPIRED,INFO,true",
        "SESSION_DESTROYED,INFO,true",
        "SESSION_HIJACK,CRITICAL,false",
        "RATE_LIMIT_HIT,WARNING,false",
        "IP_BLOCKED,WARNING,true",
        "IP_UNBLOCKED,INFO,true",
        "PROGRESSIVE_DELAY,INFO,true",
        "ACCESS_DENIED,WARNING,false",
        "PRIVILEGE_ESCALATION,CRITICAL,false",
        "UNAUTHORIZED_ACCESS,WARNING,false",
        "SECURITY_CONFIG_CHANGE,WARNING,true",
        "AUDIT_LOG_TAMPER,CRITICAL,false",
        "SYSTEM_COMPROMISE,CRITICAL,false",
        "GRANT,WARNING,true",
        "DELETE,INFO,true",
        "AUDIT_EVENTS_LOST,CRITICAL,false"
    })
    void shouldKnowTheDefaultsOfDocumentedTypes(String name, Severity severity, boolean success) {
        EventType type = EventType.of(name);

        assertThat(type.severity()).contains(severity);
        assertThat(type.success()).isEqualTo(success);
    }

    @Test
    void shouldTakeTypesOfTheApplication() {
        EventType type = EventType.of("ORDER_APPROVED", Severity.WARNING, false);

        assertThat(type).isEqualTo(EventType.of("ORDER_APPROVED")).hasToString("ORDER_APPROVED");
        assertThat(type.severity()).contains(Severity.WARNING);
        assertThat(EventType.of("ORDER_APPROVED").severity()).isEmpty();
        assertThatThrownBy(() -> EventType.of("AUTH_FAILURE", Severity.INFO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AUTH_FAILURE is documented");
        assertThatThrownBy(() -> EventType.of(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event type: expected a name such as ORDER_APPROVED");
    }

    @Test
    @SuppressWarnings("deprecation") // SLF4J deprecates marker hierarchies without a replacement
    void shouldMakeMarkersOneByOne() {
        Marker marker = AuditMarkers.of(EventType.of("TEST_MARKER"));

        assertThat(marker.contains(AuditMarkers.audit())).isTrue();
        assertThat(AuditMarkers.of(EventType.of("TEST_MARKER"))).isSameAs(marker);
        assertThat(MarkerFactory.getIMarkerFactory().exists("DELETE")).isFalse();
        assertThat(AuditMarkers.of(EventType.of("AUDIT"))).isSameAs(AuditMarkers.audit());
    }
}
