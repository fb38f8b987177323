package com.example.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.ForwardedLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlertListenerTest {
    private final List<String> alerts = new ArrayList<>();
    private final AlertListener listener = new AlertListener(new FailedLogins(3, Duration.ofMinutes(1)));

    @BeforeEach
    void hook() {
        Alerts.to(alert -> alerts.add(alert.reason() + " " + alert.eventId()));
    }

    @AfterEach
    void unhook() {
        Alerts.to(alert -> {});
    }

    private void tell(String time, String type, String severity, String user) {
        listener.recorded(
                new ForwardedLine(("{\"id\":\"evt_%s\",\"timestamp\":\"2026-01-19T%sZ\",\"event_type\":\"%s\","
                                + "\"severity\":\"%s\",\"username\":\"%s\",\"ip_address\":\"203.0.113.9\",\"description\":\"said\"}")
                        .formatted(time, time, type, severity, user)
                        .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldAlarmAtEveryCriticalEvent() {
        tell("10:00:00", "AUTH_SUCCESS", "INFO", "alice");
        tell("10:00:01", "SESSION_HIJACK", "CRITICAL", "alice");
        tell("10:00:02", "SYSTEM_COMPROMISE", "CRITICAL", "");

        assertThat(alerts).containsExactly("SESSION_HIJACK: said evt_10:00:01", "SYSTEM_COMPROMISE: said evt_10:00:02");
    }

    @Test
    void shouldAlarmWhenLoginsOfOneUserFailTooOften() {
        tell("10:00:00", "AUTH_FAILURE", "WARNING", "alice");
        tell("10:00:01", "AUTH_FAILURE", "WARNING", "bob");
        tell("10:00:30", "AUTH_FAILURE", "WARNING", "alice");
        tell("10:00:59", "AUTH_FAILURE", "WARNING", "alice");
        tell("10:01:00", "AUTH_FAILURE", "WARNING", "alice");
        tell("10:01:02", "AUTH_FAILURE", "WARNING", "bob");

        assertThat(alerts).containsExactly("logins of 'alice' fail, the last one from 203.0.113.9 evt_10:00:59");
    }

    @Test
    void shouldForgetWhatIsTooLongAgo() {
        tell("10:00:00", "AUTH_FAILURE", "WARNING", "alice");
        tell("10:00:30", "AUTH_FAILURE", "WARNING", "alice");
        tell("10:01:00", "AUTH_FAILURE", "WARNING", "alice");
        assertThat(alerts).isEmpty();

        tell("10:01:20", "AUTH_FAILURE", "WARNING", "alice");
        assertThat(alerts).hasSize(1);
    }

    @Test
    void shouldUseNoMoreMemoryForMoreNames() {
        FailedLogins failedLogins = new FailedLogins(2, Duration.ofDays(1));
        java.time.Instant now = java.time.Instant.parse("2026-01-19T10:00:00Z");
        assertThat(failedLogins.isTooMany("first", now)).isFalse();
        for (int i = 0; i < 10_000; i++) {
            assertThat(failedLogins.isTooMany("user" + i, now)).isFalse();
        }

        assertThat(failedLogins.isTooMany("first", now)).as("forgotten").isFalse();
        assertThat(failedLogins.isTooMany("user9999", now)).isTrue();
    }
}
