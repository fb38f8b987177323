package dev.affidavit.forward.splunk;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What ties requests to the acknowledgements of one indexer: a name that Splunk counts the requests of, and the cookies by which a
 * load balancer sends all of them to the same one. Used by one thread.
 */
final class Channel {
    /** Written anew with every answer by application load balancers, for the same server: a change of them says nothing. */
    private static final Set<String> ALWAYS_NEW = Set.of("AWSALB", "AWSALBCORS", "AWSALBTG", "AWSALBTGCORS");

    private final String id;
    private final CookieManager cookies = new CookieManager();

    Channel(UUID id) {
        this.id = id.toString();
    }

    String id() {
        return id;
    }

    void addTo(HttpRequest.Builder request, URI uri) throws IOException {
        request.header("X-Splunk-Request-Channel", id);
        for (Map.Entry<String, List<String>> header : cookies.get(uri, Map.of()).entrySet()) {
            if (!header.getValue().isEmpty()) {
                request.header(header.getKey(), String.join("; ", header.getValue()));
            }
        }
    }

    /**
     * Keeps the cookies of an answer.
     *
     * @throws IOException if one that was there is another now: the load balancer has gone to another indexer, which
     *     knows nothing of what was sent before
     */
    void heed(URI uri, HttpHeaders headers) throws IOException {
        for (String header : headers.allValues("Set-Cookie")) {
            for (HttpCookie cookie : parse(header)) {
                requireSame(cookie);
            }
        }
        cookies.put(uri, headers.map());
    }

    private static List<HttpCookie> parse(String header) {
        try {
            return HttpCookie.parse(header);
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }

    private void requireSame(HttpCookie cookie) throws IOException {
        for (HttpCookie known : cookies.getCookieStore().getCookies()) {
            if (known.getName().equals(cookie.getName())
                    && !known.getValue().equals(cookie.getValue())
                    && !ALWAYS_NEW.contains(cookie.getName())) {
                throw new IOException(
                        "the load balancer changed the cookie %s: it went to another indexer, so what is not acknowledged yet is sent again"
                                .formatted(cookie.getName()));
            }
        }
    }
}
