package dev.affidavit.forward.splunk;

import dev.affidavit.config.Secret;
import dev.affidavit.forward.tls.TlsOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collector, as it is configured.
 *
 * @param token null only where that was reported as a problem
 * @param ack null if nothing is acknowledged
 * @param requestTimeout for each request, from its beginning to the end of the answer
 * @param tls null for plain HTTP
 */
record Collector(
        List<Endpoint> endpoints,
        @Nullable Secret token,
        Metadata metadata,
        boolean gzip,
        @Nullable AckWait ack,
        Duration connectTimeout,
        Duration requestTimeout,
        @Nullable TlsOptions tls) {
    Collector {
        endpoints = List.copyOf(endpoints);
    }

    @Override
    public String toString() {
        List<String> places = endpoints.stream().map(Endpoint::toString).toList();
        return "splunk-hec on %s%s".formatted(String.join(", ", places), ack == null ? "" : " (acknowledged)");
    }
}
