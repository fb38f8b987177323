package dev.affidavit.forward.splunk;

import dev.affidavit.config.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the option {@code url}. Of what is wrong nothing is shown: a user or a path in it is often a secret. */
final class EndpointList {
    private static final String OPTION = "url";
    private static final String EXPECTED =
            "expected https://host:port, several between commas, without user, query and fragment, found something else";

    private EndpointList() {}

    static List<Endpoint> read(Options options) {
        List<Endpoint> endpoints = new ArrayList<>();
        String text = options.required(OPTION);
        Set<String> schemes = new HashSet<>();
        for (String entry : text.isBlank() ? new String[0] : text.split(",", -1)) {
            URI uri = parse(entry.strip());
            if (uri == null || !isPlace(uri)) {
                options.problem(OPTION, EXPECTED);
                return List.of();
            }
            if (uri.getPath().contains("/services/collector")) {
                options.problem(OPTION, "expected the place alone, found one with /services/collector: leave that out");
                return List.of();
            }
            schemes.add(uri.getScheme());
            if (!endpoints.contains(new Endpoint(uri))) {
                endpoints.add(new Endpoint(uri));
            }
        }
        if (schemes.size() > 1) {
            options.problem(OPTION, "expected https everywhere or http everywhere, found both");
        }
        return endpoints;
    }

    private static @Nullable URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean isPlace(URI uri) {
        return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getPort() <= 65535
                && uri.getPort() != 0;
    }

    static boolean isSecure(List<Endpoint> endpoints) {
        return endpoints.stream()
                .anyMatch(endpoint -> "https".equals(endpoint.base().getScheme()));
    }
}
