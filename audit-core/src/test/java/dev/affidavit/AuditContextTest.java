package dev.affidavit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.FakeBackend;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AuditContextTest {
    @BeforeEach
    @AfterEach
    void reset() {
        FakeBackend.reset();
    }

    @Test
    void shouldSayWhoActsUntilItIsClosed() {
        try (AuditContext context = AuditContext.open()) {
            context.username("alice")
                    .sessionId("s1")
                    .ipAddress("10.0.0.1")
                    .port(5432)
                    .userAgent("curl")
                    .databaseName("bank")
                    .put("tenant", "acme");

            assertThat(FakeBackend.context())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "username", "alice",
                            "session_id", "s1",
                            "ip_address", "10.0.0.1",
                            "port", "5432",
                            "user_agent", "curl",
                            "database_name", "bank",
                            "tenant", "acme"));
        }
        assertThat(FakeBackend.context()).isEmpty();
    }

    @Test
    void shouldPutBackWhatWasThereBefore() {
        new FakeBackend().putContext("username", "framework");
        try (AuditContext outer = AuditContext.open()) {
            outer.username("alice").sessionId("s1");
            try (AuditContext inner = AuditContext.open()) {
                inner.username("root").username("root2").sessionId(null).put("tenant", "acme");
                assertThat(FakeBackend.context())
                        .containsExactlyInAnyOrderEntriesOf(Map.of("username", "root2", "tenant", "acme"));
            }
            assertThat(FakeBackend.context())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("username", "alice", "session_id", "s1"));
        }
        assertThat(FakeBackend.context()).containsExactlyEntriesOf(Map.of("username", "framework"));
    }

    @Test
    @SuppressWarnings("try") // closing it early is the point
    void shouldCloseTwice() {
        try (AuditContext context = AuditContext.open()) {
            context.username("alice");
            context.close();
            new FakeBackend().putContext("username", "bob");
        }

        assertThat(FakeBackend.context()).containsEntry("username", "bob");
    }
}
