package com.example.alerts;

import dev.affidavit.spi.AuditListener;
import dev.affidavit.spi.ForwardedLine;
import java.time.Instant;

/** Alarms at every critical event, and when logins of one user fail too often. */
final class AlertListener implements AuditListener {
    private final FailedLogins failedLogins;

    AlertListener(FailedLogins failedLogins) {
        this.failedLogins = failedLogins;
    }

    @Override
    public void recorded(ForwardedLine event) {
        if ("CRITICAL".equals(event.severity())) {
            Alerts.raise(new Alert("%s: %s".formatted(event.eventType(), event.field("description")), event.id()));
        }
        String timestamp = event.timestamp();
        if ("AUTH_FAILURE".equals(event.eventType()) && timestamp != null) {
            // By the time of the event, not of the clock: a slow listener must not see a slow attack.
            if (failedLogins.isTooMany(event.username(), Instant.parse(timestamp))) {
                Alerts.raise(new Alert(
                        "logins of '%s' fail, the last one from %s".formatted(event.username(), event.ipAddress()),
                        event.id()));
            }
        }
    }
}
