package com.example.alerts;

import dev.affidavit.spi.AuditListenerProvider;
import dev.affidavit.testkit.extension.AuditListenerContract;
import java.util.Map;

/** Keeps what every listener must. */
final class AlertsContractTest extends AuditListenerContract {
    @Override
    protected AuditListenerProvider provider() {
        return new AlertsProvider();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("failures", "3", "within", "10m");
    }
}
