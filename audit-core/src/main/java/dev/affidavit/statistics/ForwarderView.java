package dev.affidavit.statistics;

import dev.affidavit.spi.ForwarderStatistics;
import java.time.Duration;

/** The statistics of a forwarder in the types that JMX has, and as a text. */
record ForwarderView(ForwarderStatistics forwarder) implements ForwarderInfo {
    @Override
    public String getName() {
        return forwarder.name();
    }

    @Override
    public String getDestination() {
        return forwarder.destination();
    }

    @Override
    public String getState() {
        return forwarder.state().name();
    }

    @Override
    public String getSince() {
        return forwarder.since().toString();
    }

    @Override
    public boolean isConnected() {
        return forwarder.connected();
    }

    @Override
    public long getDelivered() {
        return forwarder.delivered();
    }

    @Override
    public long getRefused() {
        return forwarder.refused();
    }

    @Override
    public long getFailures() {
        return forwarder.failures();
    }

    @Override
    public double getPerSecond() {
        return forwarder.perSecond();
    }

    @Override
    public long getLagBytes() {
        return forwarder.lagBytes();
    }

    @Override
    public double getLagSeconds() {
        Duration lag = forwarder.lag();
        return lag == null ? 0 : lag.toMillis() / 1e3;
    }

    @Override
    public String getLastError() {
        String error = forwarder.lastError();
        return error == null ? "" : error;
    }

    /** Such as {@code soc to syslog on siem port 601 (tcp): DELIVERING since …, connected, 7 delivered, 0 refused, no lag}. */
    String text() {
        return "%s to %s: %s since %s, %s, %d delivered, %d refused, %s%s"
                .formatted(
                        getName(),
                        getDestination(),
                        getState(),
                        getSince(),
                        isConnected() ? "connected" : "not connected",
                        getDelivered(),
                        getRefused(),
                        lag(),
                        getLastError().isEmpty() ? "" : ", last error: " + getLastError());
    }

    private String lag() {
        if (getLagBytes() == 0) {
            return "no lag";
        }
        String bytes = getLagBytes() < 0 ? "lag unknown" : "lag " + getLagBytes() + " bytes";
        Duration age = forwarder.lag();
        return age == null ? bytes : bytes + ", " + age.toSeconds() + " s";
    }
}
