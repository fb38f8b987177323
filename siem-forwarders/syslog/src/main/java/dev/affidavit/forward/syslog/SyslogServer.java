package dev.affidavit.forward.syslog;

import dev.affidavit.forward.tls.TlsOptions;
import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.LogIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A syslog receiver.
 *
 * @param tls null for a transport without TLS
 */
record SyslogServer(
        Endpoint endpoint, Transport transport, @Nullable TlsOptions tls, Framing framing, MessageOptions messages)
        implements DestinationFactory {
    private static final BatchLimits ACKNOWLEDGED = new BatchLimits(5000, 4 * 1024 * 1024, Duration.ZERO);

    @Override
    public Destination open(LogIdentity log) throws IOException {
        Encoder encoder = messages.encoder(log);
        return switch (transport) {
            case UDP -> DatagramDestination.open(endpoint, encoder);
            case TCP, TLS -> new StreamDestination(encoder, framing, TcpConnection.open(endpoint, tls, Answers.NONE));
            case RELP, RELP_TLS -> new RelpDestination(encoder, RelpSession.open(endpoint, tls));
        };
    }

    /** With receipts both sides wait for each other at the end of a batch: larger ones wait less. */
    @Override
    public BatchLimits batchLimits() {
        return switch (transport) {
            case UDP, TCP, TLS -> BatchLimits.DEFAULT;
            case RELP, RELP_TLS -> ACKNOWLEDGED;
        };
    }

    @Override
    public String toString() {
        return "syslog on %s port %d (%s)"
                .formatted(
                        endpoint.host(),
                        endpoint.port(),
                        transport.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
