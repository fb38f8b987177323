package dev.affidavit.forward.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.transport.TransportException;
import dev.affidavit.forward.http.RetryAfter;
import dev.affidavit.forward.tls.TlsRefusal;
import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import javax.net.ssl.SSLException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.jspecify.annotations.Nullable;

/** Tells what a failed request means for the forwarder. No exception of the client is a cause, for those repeat answers. */
final class Failures {
    private static final String PRODUCT = "X-Elastic-Product";
    private static final String NO_INDEX = "index_not_found_exception";
    /** What is shown of an answer: enough for the error, and not the documents in it. */
    private static final int MAX_SHOWN = 500;

    private final Nodes nodes;
    private final String peer;
    private final Credentials credentials;
    private final @Nullable Handshake handshake;
    private final InstantSource clock;

    /** @param handshake null where no TLS is spoken */
    Failures(Nodes nodes, Credentials credentials, @Nullable Handshake handshake, InstantSource clock) {
        this.nodes = nodes;
        this.peer = nodes.toString();
        this.credentials = credentials;
        this.handshake = handshake;
        this.clock = clock;
    }

    /** How messages name the server. */
    String peer() {
        return peer;
    }

    /** What the exception of the client means. */
    IOException explained(Throwable failure) {
        if (failure instanceof ElasticsearchException answer) {
            if (NO_INDEX.equals(answer.error().type())) {
                return new MisconfiguredDestinationException(shown("%s answers %d: %s"
                                .formatted(peer, answer.status(), answer.error().reason()))
                        + ". Look at index, or dataStream.");
            }
            return answered(
                    answer.status(),
                    answer.error().type() + ": " + answer.error().reason(),
                    null);
        }
        if (failure instanceof ResponseException answer) {
            Response response = answer.getResponse();
            return answered(
                    response.getStatusLine().getStatusCode(), body(response), response.getHeader(RetryAfter.HEADER));
        }
        if (failure instanceof TransportException answer) {
            if (answer.statusCode() == 200 && answer.response().header(PRODUCT) == null) {
                return new MisconfiguredDestinationException(
                        ("%s does not say that it is Elasticsearch (there is no header %s in its answer). Look at url."
                                        + " OpenSearch is not supported; a proxy must let that header pass.")
                                .formatted(peer, PRODUCT));
            }
            return answered(
                    answer.statusCode(),
                    String.valueOf(answer.getMessage()),
                    answer.response().header(RetryAfter.HEADER));
        }
        return broken(failure);
    }

    private IOException answered(int status, String said, @Nullable String retryAfter) {
        String message = shown("%s answers %d: %s".formatted(peer, status, said));
        return switch (status) {
            case 413 -> new BatchTooLargeException(message);
            case 408, 429, 502, 503, 504 ->
                new DestinationBusyException(message, RetryAfter.of(retryAfter, clock.instant()));
            case 401, 403, 407 ->
                new MisconfiguredDestinationException(
                        message + ". Look at apiKey, user and password, or bearerToken, and at what they may do.");
            case 406, 415 ->
                new MisconfiguredDestinationException(
                        message + ". Expected Elasticsearch 8 or 9; OpenSearch is not supported.");
            case 301, 302, 303, 307, 308, 404, 405 -> new MisconfiguredDestinationException(message + ". Look at url.");
            default ->
                status < 300 || status >= 500
                        ? new IOException(message)
                        : new MisconfiguredDestinationException(message);
        };
    }

    private static String body(Response response) {
        try {
            return response.getEntity() == null
                    ? response.getStatusLine().getReasonPhrase()
                    : EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private IOException broken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownAuthorityException) {
                return new MisconfiguredDestinationException(peer + " " + cause.getMessage());
            }
        }
        if (handshake != null && isCutShort(failure)) {
            for (URI url : nodes.urls()) {
                SSLException refusal = handshake.refusal(url);
                if (refusal != null) {
                    return TlsRefusal.explained(refusal, peer);
                }
            }
        }
        // Of several nodes, those that failed before are suppressed in it, and may have answered.
        IOException plain = new IOException(shown("%s: %s".formatted(peer, failure)), withoutAnswers(failure));
        return TlsRefusal.explained(plain, peer);
    }

    /** Whether there was a connection that the server may have ended for a reason. */
    private static boolean isCutShort(Throwable failure) {
        return failure instanceof ConnectionClosedException
                || (failure instanceof SocketException && !(failure instanceof ConnectException))
                || "Broken pipe".equals(failure.getMessage());
    }

    private static @Nullable Throwable withoutAnswers(Throwable failure) {
        return failure.getSuppressed().length == 0 ? failure : failure.getCause();
    }

    /** What a server said, fit to be shown: without secrets and controls, and not long. */
    String shown(String text) {
        String plain = credentials.hide(text).replaceAll("\\p{Cntrl}+", " ");
        return plain.length() <= MAX_SHOWN ? plain : plain.substring(0, MAX_SHOWN) + "…";
    }
}
