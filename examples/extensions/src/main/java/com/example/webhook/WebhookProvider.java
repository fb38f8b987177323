package com.example.webhook;

import dev.affidavit.config.Options;
import dev.affidavit.config.Secret;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of {@code <AuditForwarder to="webhook" …/>}:
 *
 * <ul>
 *   <li>{@code url}: where to; required. With {@code http} only on this machine
 *   <li>{@code token}: a secret by reference, sent as a bearer token; none by default
 *   <li>{@code connectTimeout}: 5s
 *   <li>{@code timeout}: 30s, for the whole of an answer
 * </ul>
 */
public final class WebhookProvider implements DestinationProvider {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** For the ServiceLoader. */
    public WebhookProvider() {}

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public DestinationFactory configure(Options options) {
        Secret token = options.secret("token");
        if (token != null && !token.reveal().matches("[!-~]+")) {
            options.problem("token", token + " holds what cannot stand in a header; expected printable ASCII");
        }
        return new WebhookFactory(new Webhook(
                url(options),
                token,
                options.duration("connectTimeout", Duration.ofSeconds(5), SHORTEST),
                options.duration("timeout", Duration.ofSeconds(30), SHORTEST)));
    }

    /** What was found is not shown: a path, or a user before the host, is often the secret itself. */
    private static URI url(Options options) {
        String text = options.required("url");
        URI url = parse(text);
        if (url == null || url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            if (!text.isBlank()) {
                options.problem("url", "expected https://host/path, without user and fragment, found something else");
            }
            return URI.create("https://unknown.invalid/");
        }
        boolean secure = "https".equals(url.getScheme());
        boolean local = "http".equals(url.getScheme()) && THIS_MACHINE.contains(url.getHost());
        if (!secure && !local) {
            options.problem(
                    "url", "expected https, found '" + url.getScheme() + "', which anybody can read on the way");
        }
        return url;
    }

    private static @Nullable URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
