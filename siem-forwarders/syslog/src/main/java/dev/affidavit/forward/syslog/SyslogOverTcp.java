package dev.affidavit.forward.syslog;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.LogIdentity;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A syslog receiver that is reached over TCP.
 *
 * @param appName null for the service of the log
 */
record SyslogOverTcp(
        String host, int port, Facility facility, @Nullable String appName, int enterpriseId, Duration connectTimeout)
        implements DestinationFactory {
    /** How long a receiver may take nothing before the connection is given up: longer than a busy one pauses. */
    private static final Duration STALL_LIMIT = Duration.ofSeconds(30);

    @Override
    public Destination open(LogIdentity log) throws IOException {
        return open(log, STALL_LIMIT);
    }

    Destination open(LogIdentity log, Duration stallLimit) throws IOException {
        Sender sender = new Sender(
                facility, appName(log), enterpriseId, ProcessHandle.current().pid());
        return new SyslogDestination(
                new Header(log, sender), TcpConnection.open(host, port, connectTimeout, stallLimit));
    }

    private String appName(LogIdentity log) {
        if (appName != null) {
            return appName;
        }
        return log.service().isEmpty() ? "affidavit" : log.service();
    }

    @Override
    public String toString() {
        return "syslog on %s port %d (tcp)".formatted(host, port);
    }
}
