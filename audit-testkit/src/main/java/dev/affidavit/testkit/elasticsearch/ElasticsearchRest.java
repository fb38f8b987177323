package dev.affidavit.testkit.elasticsearch;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.affidavit.testkit.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a test asks a server, with a client of its own. Thread-safe. */
public final class ElasticsearchRest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** What a search finds at most without a change of its index. */
    private static final int PAGE = 10_000;

    private static final int UNAVAILABLE = 503;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private final String url;
    private final HttpClient http;
    private final String authorization;

    private ElasticsearchRest(String url, HttpClient http, String authorization) {
        this.url = url;
        this.http = http;
        this.authorization = authorization;
    }

    static ElasticsearchRest on(int port) {
        HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
        return new ElasticsearchRest("http://127.0.0.1:" + port, http, "none");
    }

    static ElasticsearchRest on(int port, ServerSecurity security) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_LIMIT)
                .sslContext(security.context())
                .build();
        return new ElasticsearchRest("https://127.0.0.1:" + port, http, security.authorization());
    }

    String url() {
        return url;
    }

    /** Whether it answers, and could store something. */
    boolean answers() {
        try {
            return send("GET", "/_cluster/health?wait_for_status=yellow&timeout=5s", "")
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Asks, and returns the answer.
     *
     * @param body JSON, or empty
     * @throws AssertionError if it refuses
     */
    @CanIgnoreReturnValue
    public String ask(String method, String path, String body) {
        HttpResponse<byte[]> answer = send(method, path, body);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.statusCode() >= 300) {
            throw new AssertionError("%s %s: %d %s".formatted(method, path, answer.statusCode(), text));
        }
        return text;
    }

    /** The very bytes of what is stored in the index of this name, in the order in which its one shard took it. */
    public List<byte[]> sources(String index) {
        refresh(index);
        List<byte[]> sources = new ArrayList<>();
        String after = "";
        SearchPage page;
        do {
            page = page(index, "{\"size\":%d,\"sort\":[{\"_seq_no\":\"asc\"}]%s}".formatted(PAGE, after));
            sources.addAll(page.sources());
            after = ",\"search_after\":[%d]".formatted(page.lastSort());
        } while (page.sources().size() == PAGE);
        return sources;
    }

    /** The very bytes of what a search finds, in its order; in an index that is not there nothing. */
    public List<byte[]> search(String index, String search) {
        refresh(index);
        return page(index, search).sources();
    }

    private SearchPage page(String index, String search) {
        HttpResponse<byte[]> answer = read("/%s/_search?ignore_unavailable=true".formatted(index), search);
        if (answer.statusCode() != 200) {
            throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8));
        }
        return SearchPage.of(answer.body());
    }

    /** How many documents there are. */
    public long count(String index) {
        refresh(index);
        String answer = new String(
                read("/%s/_count?ignore_unavailable=true".formatted(index), "").body(), StandardCharsets.UTF_8);
        return Long.parseLong(answer.replaceFirst("(?s).*?\"count\":(\\d+).*", "$1"));
    }

    private void refresh(String index) {
        ask("POST", "/%s/_refresh?ignore_unavailable=true".formatted(index), "");
    }

    /** Waits for the shard of an index that is being made. */
    private HttpResponse<byte[]> read(String path, String body) {
        HttpResponse<byte[]> answer = send("GET", path, body);
        if (answer.statusCode() != UNAVAILABLE) {
            return answer;
        }
        Deadline.await(
                "a shard for " + path, LIMIT, () -> send("GET", path, body).statusCode() != UNAVAILABLE);
        return send("GET", path, body);
    }

    private HttpResponse<byte[]> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + url, e);
        }
    }
}
