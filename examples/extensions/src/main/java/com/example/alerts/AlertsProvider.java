package com.example.alerts;

import dev.affidavit.config.Options;
import dev.affidavit.spi.AuditListener;
import dev.affidavit.spi.AuditListenerFactory;
import dev.affidavit.spi.AuditListenerProvider;
import dev.affidavit.spi.LogIdentity;
import java.time.Duration;

/**
 * Reads the options of {@code <AuditListener provider="alerts" …/>}:
 *
 * <ul>
 *   <li>{@code failures}: 5; so many failed logins of one user
 *   <li>{@code within}: 1m; within this time are an alarm
 * </ul>
 */
public final class AlertsProvider implements AuditListenerProvider {
    /** For the ServiceLoader. */
    public AlertsProvider() {}

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public AuditListenerFactory configure(Options options) {
        return new Factory(
                options.integer("failures", 5, 1, 1_000_000),
                options.duration("within", Duration.ofMinutes(1), Duration.ofSeconds(1)));
    }

    /** A record: what is configured in the same way is equal, and goes on undisturbed when the framework reloads. */
    private record Factory(int failures, Duration within) implements AuditListenerFactory {
        @Override
        public AuditListener open(LogIdentity log) {
            return new AlertListener(new FailedLogins(failures, within));
        }
    }
}
