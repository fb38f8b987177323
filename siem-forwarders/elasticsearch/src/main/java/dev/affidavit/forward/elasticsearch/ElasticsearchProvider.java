package dev.affidavit.forward.elasticsearch;

import dev.affidavit.config.Options;
import dev.affidavit.forward.tls.TlsOptions;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of {@code <AuditForwarder to="elasticsearch" …/>}:
 *
 * <ul>
 *   <li>{@code url}: where the cluster is; several nodes between commas; required
 *   <li>{@code index}: {@code security-audit-%{+yyyy.MM.dd}}; or {@code dataStream}
 *   <li>{@code installTemplate}: {@code false}
 *   <li>{@code apiKey}; or {@code user} and {@code password}; or {@code bearerToken}: none
 *   <li>{@code connectTimeout}: 5s; {@code timeout}: 60s, both for each node
 *   <li>those of {@link TlsOptions}, and {@code caFingerprint}: none
 * </ul>
 */
public final class ElasticsearchProvider implements DestinationProvider {
    private static final String DEFAULT_INDEX = "security-audit-%{+yyyy.MM.dd}";
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** As long as a server waits for a shard by default. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    /** For the ServiceLoader. */
    public ElasticsearchProvider() {}

    @Override
    public String name() {
        return "elasticsearch";
    }

    @Override
    public DestinationFactory configure(Options options) {
        Nodes nodes = new Nodes(
                urls(options),
                options.duration("connectTimeout", DEFAULT_CONNECT_TIMEOUT, SHORTEST, LONGEST),
                options.duration("timeout", DEFAULT_TIMEOUT, SHORTEST, LONGEST));
        boolean dataStream = options.text("dataStream") != null;
        return new Elasticsearch(
                nodes,
                index(options, dataStream),
                dataStream,
                options.flag("installTemplate", false),
                Credentials.of(options),
                tls(options, nodes),
                nodes.speakTls() ? fingerprint(options) : null);
    }

    private static List<URI> urls(Options options) {
        List<URI> urls = new ArrayList<>();
        String text = options.required("url");
        if (text.isBlank()) {
            return urls;
        }
        for (String entry : text.split(",", -1)) {
            URI url = url(entry.strip());
            if (url == null) {
                options.problem(
                        "url",
                        "expected http or https, a host, a port and perhaps a path, such as https://es.example.com:9200,"
                                + " several between commas, and no user (see user and password); found "
                                + (entry.contains("@") ? "something else" : "'" + text + "'"));
                return urls;
            }
            urls.add(url);
        }
        if (urls.stream()
                        .map(url -> url.getScheme() + " " + url.getPath())
                        .distinct()
                        .count()
                > 1) {
            options.problem("url", "expected the same scheme and path in each, found '%s'".formatted(text));
        }
        return urls;
    }

    private static @Nullable URI url(String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme();
            return scheme != null
                            && Set.of("http", "https").contains(scheme)
                            && url.getHost() != null
                            && url.getPort() <= 65535
                            && url.getPort() != 0
                            && url.getUserInfo() == null
                            && url.getQuery() == null
                            && url.getFragment() == null
                    ? url
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static IndexName index(Options options, boolean dataStream) {
        String option = dataStream ? "dataStream" : "index";
        if (dataStream) {
            options.refuse("index", "expected one of index and dataStream, found both");
        }
        String pattern = options.text(option, DEFAULT_INDEX);
        try {
            IndexName name = new IndexName(pattern);
            if (dataStream && !name.wildcard().equals(pattern)) {
                options.problem(option, "expected a name without a date, found '%s'".formatted(pattern));
            }
            return name;
        } catch (IllegalArgumentException e) {
            options.problem(option, String.valueOf(e.getMessage()));
            return new IndexName(DEFAULT_INDEX);
        }
    }

    private static @Nullable TlsOptions tls(Options options, Nodes nodes) {
        if (nodes.speakTls()) {
            return TlsOptions.of(options);
        }
        String reason = "has no effect: url does not begin with https";
        TlsOptions.refuse(options, reason);
        options.refuse("caFingerprint", reason);
        return null;
    }

    private static @Nullable String fingerprint(Options options) {
        String text = options.text("caFingerprint");
        if (text == null) {
            return null;
        }
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (!FINGERPRINT.matcher(digits).matches()) {
            options.problem(
                    "caFingerprint", "expected the 64 hexadecimal digits of a SHA-256, found '%s'".formatted(text));
            return null;
        }
        for (String other : List.of("caFile", "trustStore")) {
            if (options.text(other) != null) {
                options.problem("caFingerprint", "expected one of %s and caFingerprint, found both".formatted(other));
            }
        }
        return digits;
    }
}
