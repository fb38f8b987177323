package dev.affidavit.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private Instant now = Instant.parse("2026-01-19T02:54:27Z");
    private final InstantSource time = () -> now;
    private final Sessions sessions = new Sessions(time);
    private final String token = Sessions.newToken();
    private final Session session = sessions.forToken(token, "alice", "203.0.113.1", "curl");

    @Test
    void shouldFindASessionByItsTokenAlone() {
        assertThat(sessions.find(token)).isEmpty();

        sessions.begin(session);

        assertThat(sessions.find(token)).contains(session);
        assertThat(sessions.find(session.id())).isEmpty();
        assertThat(sessions.find(session.key())).isEmpty();
    }

    @Test
    void shouldExpireWhenIdle() {
        sessions.begin(session);
        now = now.plus(Sessions.IDLE_LIMIT).minusSeconds(1);
        sessions.touch(session);
        now = now.plusSeconds(1);
        assertThat(sessions.expired()).isEmpty();

        now = now.plus(Sessions.IDLE_LIMIT);

        assertThat(sessions.expired()).extracting(Session::key).containsExactly(session.key());
    }

    @Test
    void shouldEndOnce() {
        sessions.begin(session);

        assertThat(sessions.end(session)).isTrue();
        assertThat(sessions.end(session)).isFalse();
        assertThat(sessions.find(token)).isEmpty();
    }
}
