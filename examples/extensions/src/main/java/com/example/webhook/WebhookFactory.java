package com.example.webhook;

import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.LogIdentity;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens a webhook. Equal if the webhook is: the client is not part of what is configured. */
final class WebhookFactory implements DestinationFactory {
    /** Few enough that a request is small for every server, often enough that events are there soon. */
    private static final BatchLimits LIMITS = new BatchLimits(500, 512 * 1024, Duration.ZERO);

    private final Webhook webhook;

    /**
     * One for all that is opened here, made for the first: a client has a thread and descriptors, Java 17 cannot close it,
     * and after every failure the webhook is opened again. Guarded by this.
     */
    private @Nullable HttpClient client;

    WebhookFactory(Webhook webhook) {
        this.webhook = webhook;
    }

    Webhook webhook() {
        return webhook;
    }

    /** Only prepares: HTTP connects with the first request. */
    @Override
    public Destination open(LogIdentity log) {
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.url())
                .header("Content-Type", "application/x-ndjson")
                .header("Affidavit-Log-Id", log.logId()); // with it, the id of an event is unique everywhere
        if (webhook.token() != null) {
            request.header("Authorization", "Bearer " + webhook.token().reveal());
        }
        return new WebhookDestination(client(), request, webhook);
    }

    /** The JDK's client verifies the server's name under TLS. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER) // with a token, events go where the configuration says
                    .connectTimeout(webhook.connectTimeout())
                    .build();
        }
        return client;
    }

    @Override
    public BatchLimits batchLimits() {
        return LIMITS;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebhookFactory factory && factory.webhook.equals(webhook);
    }

    @Override
    public int hashCode() {
        return webhook.hashCode();
    }

    @Override
    public String toString() {
        return webhook.toString();
    }
}
