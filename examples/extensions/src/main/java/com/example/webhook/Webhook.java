package com.example.webhook;

import dev.affidavit.config.Secret;
import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.LogIdentity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A web server that takes events. A record: what is configured in the same way is equal. */
record Webhook(URI url, @Nullable Secret token, Duration connectTimeout, Duration timeout)
        implements DestinationFactory {
    /** Few enough that a request is small for every server, often enough that events are there soon. */
    private static final BatchLimits LIMITS = new BatchLimits(500, 512 * 1024, Duration.ZERO);

    /** Only prepares: HTTP connects with the first request. The JDK's client verifies the server's name under TLS. */
    @Override
    public Destination open(LogIdentity log) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // with a token, events go where the configuration says
                .connectTimeout(connectTimeout)
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-ndjson")
                .header("Affidavit-Log-Id", log.logId()); // with it, the id of an event is unique everywhere
        if (token != null) {
            request.header("Authorization", "Bearer " + token.reveal());
        }
        return new WebhookDestination(client, request, this);
    }

    @Override
    public BatchLimits batchLimits() {
        return LIMITS;
    }

    /** Where to, without the path, which may be secret. */
    @Override
    public String toString() {
        return "webhook on " + url.getScheme() + "://" + url.getAuthority();
    }
}
