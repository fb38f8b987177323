package dev.affidavit.forward.splunk;

import dev.affidavit.config.Secret;
import dev.affidavit.forward.tls.TlsRefusal;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.trail.ProductVersion;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The requests to one endpoint. Used by one thread, but for {@link #close}. */
final class Session implements Closeable {
    /** Without one, Splunk goes back to HTTP/1.0 and closes the connection each time. */
    private static final String USER_AGENT = "affidavit/" + ProductVersion.CURRENT;

    private final Endpoint endpoint;
    private final Exchange exchange;
    private final Secret token;
    private final boolean gzip;
    private final @Nullable Channel channel;
    private final InstantSource clock;

    /** @param channel null if nothing is acknowledged */
    Session(
            Endpoint endpoint,
            Exchange exchange,
            Secret token,
            boolean gzip,
            @Nullable Channel channel,
            InstantSource clock) {
        this.endpoint = endpoint;
        this.exchange = exchange;
        this.token = token;
        this.gzip = gzip;
        this.channel = channel;
        this.clock = clock;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Exchange exchange() {
        return exchange;
    }

    Reply submit(byte[] events) throws IOException {
        HttpRequest.Builder request = authorized(endpoint.event());
        if (gzip) {
            request.header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(Gzip.of(events)));
        } else {
            request.POST(BodyPublishers.ofByteArray(events));
        }
        return send(request);
    }

    /** Asks whether the request of that number is acknowledged. */
    Reply ask(Channel ofChannel, long ackId) throws IOException {
        byte[] question = "{\"acks\":[%d]}".formatted(ackId).getBytes(StandardCharsets.US_ASCII);
        return send(authorized(endpoint.acknowledgements(ofChannel)).POST(BodyPublishers.ofByteArray(question)));
    }

    /** Needs no token, so it gets none. */
    Reply health() throws IOException {
        return send(to(endpoint.health()).GET());
    }

    /** Returns if the endpoint takes events, as far as it says. */
    void requireHealth() throws IOException {
        Reply reply = health();
        boolean isHidden = ReplyCode.of(reply) == null && reply.status() < 500 && reply.status() != 429;
        if (!reply.isSuccess() && !isHidden) { // proxies hide this path from strangers
            throw rejection(reply);
        }
    }

    /** What an answer that is no success means. */
    IOException rejection(Reply reply) {
        return Rejection.of(reply, endpoint, clock.instant());
    }

    private HttpRequest.Builder authorized(URI uri) throws IOException {
        return to(uri).header("Authorization", "Splunk " + token.reveal()).header("Content-Type", "application/json");
    }

    private HttpRequest.Builder to(URI uri) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", USER_AGENT);
        if (channel != null) {
            channel.addTo(request, uri);
        }
        return request;
    }

    private Reply send(HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.build();
        try {
            Reply reply = exchange.send(request);
            if (channel != null) {
                channel.heed(request.uri(), reply.headers());
            }
            return reply;
        } catch (IOException e) {
            throw named(e);
        }
    }

    private IOException named(IOException failure) {
        IOException explained = TlsRefusal.explained(failure, endpoint.toString());
        return explained instanceof MisconfiguredDestinationException
                ? explained
                : new IOException("%s: %s".formatted(endpoint, failure.getMessage()), failure);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
