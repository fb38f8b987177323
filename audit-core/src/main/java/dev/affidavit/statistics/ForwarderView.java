package dev.affidavit.statistics;

import dev.affidavit.spi.ForwarderStatistics;
import java.time.Duration;

/** The statistics of a forwarder in the types that JMX has. */
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
        if (lag == null) {
            return forwarder.lagBytes() == 0 ? 0 : -1;
        }
        return lag.toMillis() / 1e3;
    }

    @Override
    public String getLastError() {
        String error = forwarder.lastError();
        return error == null ? "" : error;
    }
}
